// Errors of the language and of the platform, thrown in the task of their entry.

entry('error', function plainly() {
  throw new Error('plain'); // @error
});

entry('error-without-message', function silently() {
  throw new Error(); // @error-without-message
});

entry('type-error', function readPrice() {
  const item = null;
  return item.price; // @type-error
});

entry('not-a-function', function callPrice() {
  const item = { price: 12 };
  item.price(); // @not-a-function
});

entry('constant', function assignConstant() {
  const rate = 1;
  // biome-ignore lint/correctness/noConstAssign: that is what it throws for
  rate = 2; // @constant
  return rate;
});

entry('bigint-mix', function addBigInt() {
  const amount = 1n;
  return amount + 1; // @bigint-mix
});

entry('reference-error', function readMissing() {
  return thereIsNoSuchName; // @reference-error
});

entry('range-error', function allocate() {
  const length = -1;
  return new Array(length); // @range-error
});

entry('syntax-error', function parseJson() {
  JSON.parse('{"price": }'); // @syntax-error
});

entry('bad-regexp', function compile() {
  const source = '(';
  return new RegExp(source); // @bad-regexp
});

entry('uri-error', function decode() {
  decodeURIComponent('%'); // @uri-error
});

entry('eval-error', function evaluate() {
  throw new EvalError('made by hand'); // @eval-error
});

entry('error-without-new', function forgetNew() {
  throw TypeError('made without new'); // @error-without-new
});

entry('stack-overflow', function overflow() {
  function deeper(n) {
    return deeper(n + 1) + 1; // @stack-overflow
  }
  deeper(0);
});

entry('recursion', function recurse() {
  function down(n) {
    if (n > 0)
      down(n - 1); // @recursion-down
    else throw new Error('thirty down'); // @recursion
    return n;
  }
  down(30); // @recursion-start
});

entry('dom-exception', function query() {
  document.querySelector('['); // @dom-exception
});

entry('dom-exception-made', function abort() {
  throw new DOMException('the user left', 'AbortError'); // @dom-exception-made
});

entry('aggregate-error', function aggregate() {
  const first = new TypeError('first'); // @aggregate-error-first
  const second = 'second, a string';
  throw new AggregateError([first, second], 'two of them'); // @aggregate-error
});

entry('cross-realm', function crossRealm() {
  const frame = document.body.appendChild(document.createElement('iframe'));
  throw new frame.contentWindow.TypeError('of another realm'); // @cross-realm
});

entry(
  'handled',
  function handle() {
    crashpost.trackError(new RangeError('taken care of'), { coupon: 'SPRING' }); // @handled
  },
  { stay: 300 },
);

entry(
  'handled-string',
  function handleText() {
    crashpost.trackError('a string, taken care of');
  },
  { stay: 300 },
);

entry(
  'handled-null',
  function handleNull() {
    crashpost.trackError(null);
  },
  { stay: 300 },
);

entry('report-error', function report() {
  reportError(new Error('given to reportError')); // @report-error
});
