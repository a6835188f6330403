// Functions that the engine's own code calls, and calls that are not written as calls.

entry('array-callback', function run() {
  [1].map(function onItem() {
    throw new Error('in map'); // @array-callback
  });
});

entry('array-sort', function run() {
  [2, 1].sort(function compare() {
    throw new Error('in sort'); // @array-sort
  });
});

entry('replace-callback', function run() {
  'abc'.replace(/b/, function onMatch() {
    throw new Error('in replace'); // @replace-callback
  });
});

entry('bound', function run() {
  function unbound() {
    throw new Error('in a bound function'); // @bound
  }
  const bound = unbound.bind(null);
  bound();
});

entry('reflect', function run() {
  function target() {
    throw new Error('through Reflect.apply'); // @reflect
  }
  Reflect.apply(target, null, []);
});

entry('proxy-trap', function run() {
  const cart = new Proxy(
    {},
    {
      get() {
        throw new Error('in a trap'); // @proxy-trap
      },
    },
  );
  void cart.total;
});

entry('to-string', function run() {
  const price = {
    toString() {
      throw new Error('in toString'); // @to-string
    },
  };
  return `${price}`;
});

entry('to-json', function run() {
  const price = {
    toJSON() {
      throw new Error('in toJSON'); // @to-json
    },
  };
  JSON.stringify(price);
});

entry('tagged-template', function run() {
  function tag() {
    throw new Error('in a tag'); // @tagged-template
  }
  tag`a`;
});

entry('default-parameter', function run() {
  const need = () => {
    throw new Error('in a default'); // @default-parameter
  };
  function order(item = need()) {
    return item;
  }
  order();
});

entry('name-of-unicode', function run() {
  function größeÄndern() {
    throw new Error('größer als 12 €'); // @name-of-unicode
  }
  größeÄndern();
});

entry('name-set', function run() {
  const handler = () => {
    throw new Error('in a renamed function'); // @name-set
  };
  Object.defineProperty(handler, 'name', { value: 'a name (with) odd@parts:1:2' });
  handler();
});
