// biome-ignore-all lint/security/noGlobalEval: calls in evaluated text are among the cases
// Every kind of call that V8 has words of its own for. Each case throws, rejects, or returns an error.
const fail = () => {
  throw new Error('thrown');
};
const later = () => new Promise((resolve) => setTimeout(resolve));
const symbol = Symbol('checkout');

class Cart {
  #items = [];
  static #open = () => fail();
  constructor(broken) {
    if (broken) fail();
  }
  total() {
    return fail();
  }
  get size() {
    return fail();
  }
  set size(_) {
    fail();
  }
  #add() {
    this.#items.push(fail());
  }
  add() {
    this.#add();
  }
  static from() {
    return fail();
  }
  static #make() {
    return fail();
  }
  static make() {
    return Cart.#make();
  }
  static open() {
    return Cart.#open();
  }
  static get best() {
    return fail();
  }
  [symbol]() {
    return fail();
  }
  *[Symbol.iterator]() {
    yield fail();
  }
  async load() {
    await later();
    return fail();
  }
  static async fetch() {
    await later();
    return new Cart().load();
  }
  async *pages() {
    yield await this.load();
  }
  toString() {
    return fail();
  }
  toJSON() {
    return fail();
  }
}
class Basket extends Cart {
  constructor() {
    super(true);
  }
}
const Anonymous = (() =>
  class {
    run() {
      fail();
    }
  })();
function Legacy() {
  fail();
}
Legacy.prototype.act = () => {
  fail();
};
Legacy.prototype.named = function other() {
  fail();
};
const plain = {
  run() {
    fail();
  },
  arrow: () => fail(),
  'user:login'() {
    fail();
  },
  'GET /users/(id)'() {
    fail();
  },
  'a@b.example'() {
    fail();
  },
  'dotted.name'() {
    fail();
  },
  'über (größe)'() {
    fail();
  },
  '\ue000 \ue029'() {
    fail();
  },
  nested: { deep: { run: () => fail() } },
};
function* steps() {
  yield fail();
}
async function first() {
  await later();
  fail();
}
async function second() {
  await first();
}
const blob = URL.createObjectURL(
  new Blob(['export const run = () => {\n  fail();\n};\n'], { type: 'text/javascript' }),
);
window.fail = fail;
const tag = (_strings, ..._values) => fail();

Object.assign(cases, {
  function: function checkout() {
    fail();
  },
  arrow: () => fail(),
  anonymous: () =>
    (() => {
      throw new Error('thrown');
    })(),
  'anonymous function': () =>
    (() => {
      fail();
    })(),
  recursion: () => {
    const down = (n) => (n ? down(n - 1) : fail());
    down(5);
  },
  method: () => new Cart().total(),
  'method, taken off': () => {
    const { total } = new Cart();
    total();
  },
  'method, bound': () => new Cart().total.bind(new Cart())(),
  'method, of another object': () => Cart.prototype.total.call(plain),
  'method, of nothing': () => Cart.prototype.total.call(undefined),
  'method, of a number': () => Cart.prototype.total.call(7),
  'method, renamed': () => {
    const shop = new Cart();
    shop.sum = shop.total;
    shop.sum();
  },
  getter: () => new Cart().size,
  setter: () => {
    new Cart().size = 1;
  },
  private: () => new Cart().add(),
  static: () => Cart.from(),
  'static, private': () => Cart.make(),
  'static, private arrow': () => Cart.open(),
  'static, inherited': () => Basket.from(),
  'static getter': () => Cart.best,
  symbol: () => new Cart()[symbol](),
  iterator: () => [...new Cart()],
  constructor: () => new Cart(true),
  'constructor, derived': () => new Basket(),
  'constructor, old': () => new Legacy(),
  'constructor, anonymous': () => new Anonymous().run(),
  'constructor, nameless': () =>
    new (class {
      constructor() {
        fail();
      }
    })(),
  prototype: () => Object.create(Legacy.prototype).act(),
  'prototype, named': () => Object.create(Legacy.prototype).named(),
  object: () => plain.run(),
  'object, arrow': () => plain.arrow(),
  'object, nested': () => plain.nested.deep.run(),
  'name with a colon': () => plain['user:login'](),
  'name with parentheses': () => plain['GET /users/(id)'](),
  'name with @': () => plain['a@b.example'](),
  'name with a dot': () => plain['dotted.name'](),
  'name with umlauts': () => plain['über (größe)'](),
  'name with private-use characters': () => plain['\ue000 \ue029'](),
  'null prototype': () => {
    const bare = Object.assign(Object.create(null), { run: plain.run });
    bare.run();
  },
  generator: () => steps().next(),
  'generator, spread': () => [...steps()],
  'generator, async': async () => {
    for await (const _ of new Cart().pages());
  },
  'tagged template': () => tag`a${1}b`,
  coercion: () => `${new Cart()}`,
  json: () => JSON.stringify(new Cart()),
  map: () => [1].map(() => fail()),
  forEach: () => [1].forEach(fail),
  sort: () => [2, 1].sort(() => fail()),
  'array from': () => Array.from([1], () => fail()),
  replace: () => 'a'.replace(/a/, () => fail()),
  reflect: () => Reflect.apply(plain.run, plain, []),
  'reflect, construct': () => Reflect.construct(Cart, [true]),
  call: () => fail.call(plain),
  proxy: () => new Proxy({}, { get: () => fail() }).x,
  'proxy, apply': () => new Proxy(() => 0, { apply: () => fail() })(),
  'proxy of a class': () => new new Proxy(Cart, {})(true),
  defineProperty: () =>
    Object.defineProperty({}, 'lazy', {
      get() {
        return fail();
      },
    }).lazy,
  native: () => null.x,
  'native, thrown within': () => new Array(-1),
  'native, decode': () => decodeURIComponent('%'),
  'native, json': () => JSON.parse('{'),
  dom: () => document.createElement(''),
  event: () => {
    let error;
    const target = new EventTarget();
    target.addEventListener('x', () => {
      try {
        fail();
      } catch (thrown) {
        error = thrown;
      }
    });
    target.dispatchEvent(new Event('x'));
    return error;
  },
  async: second,
  'async, method': () => new Cart().load(),
  'async, static': () => Cart.fetch(),
  'async, arrow': async () => {
    await (async () => {
      await later();
      fail();
    })();
  },
  'Promise.all': async () => {
    await Promise.all([later(), first()]);
  },
  'Promise.allSettled': async () => {
    const [{ reason }] = await Promise.allSettled([first()]);
    throw reason;
  },
  'Promise.any': async () => {
    try {
      await Promise.any([first()]);
    } catch ({ errors }) {
      throw errors[0];
    }
  },
  'Promise.race': async () => {
    await Promise.race([first()]);
  },
  executor: () => new Promise(() => fail()),
  'then, anonymous': () => Promise.resolve().then(() => fail()),
  'then, named': () =>
    Promise.resolve().then(function afterwards() {
      fail();
    }),
  finally: () => Promise.resolve().finally(() => fail()),
  thenable: async () => {
    await {
      // biome-ignore lint/suspicious/noThenProperty: it is what is tested
      then() {
        fail();
      },
    };
  },
  timer: () =>
    new Promise((_, reject) => {
      setTimeout(function poll() {
        try {
          fail();
        } catch (error) {
          reject(error);
        }
      });
    }),
  eval: () => eval('fail()'),
  'eval, function': () => eval('(function evaluated() {\n  fail();\n})')(),
  'eval, nested': () => eval('eval("fail()")'),
  'eval, indirect': () => globalThis.eval('(() => fail())()'),
  'eval, named': () => eval('fail() //# sourceURL=webpack-internal:///(app)/./a@b.js'),
  Function: () => new Function('\nfail()')(),
  'Function, named': () => new Function('fail()\n//# sourceURL=made (1).js')(),
  'string timer': () =>
    new Promise((resolve) => {
      window.done = resolve;
      setTimeout('try { fail() } catch (error) { done(error) }');
    }),
  // Not compiled from an address: V8 makes one up. A section more, as it would find the other module by its bytes.
  'wasm, from bytes': async () => {
    const bytes = new Uint8Array(await (await fetch('/trap.wasm')).arrayBuffer());
    (await WebAssembly.instantiate(Uint8Array.of(...bytes, 0, 2, 1, 120))).instance.exports.trap();
  },
  wasm: async () => {
    const { instance } = await WebAssembly.instantiateStreaming(fetch('/trap.wasm?v=(1)'));
    instance.exports.trap();
  },
  'blob module': async () => {
    (await import(blob)).run();
  },
  'data module': async () => {
    (await import(`data:text/javascript,export const run = () => { fail(/* (a@b) */); };`)).run();
  },
  'data module, long': async () => {
    (await import(`data:text/javascript,${' '.repeat(3000)}export const run = () => { fail(); };`)).run();
  },
  'script, named': () =>
    new Promise((resolve) => {
      window.done = resolve;
      const script = document.createElement('script');
      script.textContent = 'try { fail() } catch (error) { done(error) } //# sourceURL=named/inline.js';
      document.head.append(script);
    }),
  'message like frames': () => {
    throw new Error(
      'it broke\n    at fake (http://evil.example/x.js:9:9)\n    at https://b.example/y.js:1:1',
    );
  },
  'message changed': () => {
    const error = new Error('before\n    at fake (http://evil.example/x.js:9:9)\nbelow');
    error.stack;
    error.message = 'after';
    throw error;
  },
  'no message': () => {
    throw new Error();
  },
  'class of its own': () => {
    class CartError extends Error {
      name = 'Cart (Error): odd';
    }
    throw new CartError('thrown');
  },
});
