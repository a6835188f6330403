// Every kind of call: what is the innermost function's name?

class Cart {
  #limit = 1;

  static parse() {
    throw new Error('in a static method'); // @static-method
  }

  constructor(broken) {
    if (broken) throw new Error('in a constructor'); // @class-constructor
  }

  total() {
    throw new Error('in a method'); // @method
  }

  get price() {
    throw new Error('in a getter'); // @getter
  }

  set price(_) {
    throw new Error('in a setter'); // @setter
  }

  #secret() {
    throw new Error(`in a private method ${this.#limit}`); // @private-method
  }

  reveal() {
    this.#secret(); // @private-method-outer
    return this;
  }

  later = () => {
    throw new Error('in a class field'); // @class-field
  };

  'odd name'() {
    throw new Error('in a method of an odd name'); // @odd-method
  }

  *[Symbol.iterator]() {
    yield 1;
    throw new Error('in an iterator'); // @iterator
  }
}

entry('static-method', function run() {
  Cart.parse();
});

entry('class-constructor', function run() {
  new Cart(true);
});

entry('method', function run() {
  new Cart().total();
});

entry('getter', function run() {
  void new Cart().price;
});

entry('setter', function run() {
  new Cart().price = 1;
});

entry('private-method', function run() {
  new Cart().reveal();
});

entry('class-field', function run() {
  new Cart().later();
});

entry('odd-method', function run() {
  new Cart()['odd name']();
});

entry('iterator', function run() {
  [...new Cart()];
});

entry('class-derived', function run() {
  class Basket extends Cart {
    total() {
      super.total(); // @class-derived
      return 1;
    }
  }
  new Basket().total();
});

entry('object-method', function run() {
  const shop = {
    open() {
      throw new Error('in an object'); // @object-method
    },
  };
  shop.open();
});

entry('object-literal-getter', function run() {
  const shop = {
    get name() {
      throw new Error('in a getter of an object'); // @object-literal-getter
    },
  };
  void shop.name;
});

entry('arrow', function run() {
  const add = () => {
    throw new Error('in an arrow'); // @arrow
  };
  add();
});

entry('anonymous', function run() {
  (() => {
    throw new Error('in a function without a name'); // @anonymous
  })();
});
