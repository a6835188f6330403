// Errors of the page's own making: what is their name, what caused them, what is left of them when they are odd.

class PaymentError extends Error {} // @payment-error

class CardError extends PaymentError {
  get name() {
    return 'CardDeclined';
  }
}

entry('class-without-name', function pay() {
  throw new PaymentError('declined'); // @class-without-name
});

entry('class-with-own-name', function payOwn() {
  const error = new PaymentError('declined'); // @class-with-own-name
  error.name = 'Declined';
  throw error;
});

entry('class-with-prototype-name', function payByCard() {
  throw new CardError('expired'); // @class-with-prototype-name
});

entry('class-extends-type-error', function check() {
  class ShapeError extends TypeError {}
  throw new ShapeError('not a cart'); // @class-extends-type-error
});

entry('class-of-old-style', function old() {
  function OldError(message) {
    this.message = message;
    this.stack = new Error(message).stack; // @class-of-old-style
  }
  OldError.prototype = Object.create(Error.prototype, { name: { value: 'OldError' } });
  throw new OldError('made by a function'); // @class-of-old-style-thrown
});

entry('extra-properties', function request() {
  throw Object.assign(new Error('404 of /cart'), { status: 404, url: '/cart' }); // @extra-properties
});

entry('frozen', function freeze() {
  throw Object.freeze(new Error('frozen')); // @frozen
});

entry('sealed-prototype', function bare() {
  const error = new TypeError('without a prototype'); // @sealed-prototype
  throw Object.setPrototypeOf(error, null);
});

entry('changed-message', function change() {
  const error = new Error('as it was made'); // @changed-message
  error.message = 'as it was thrown';
  throw error;
});

entry('rethrown', function rethrow() {
  function first() {
    throw new Error('caught and thrown again'); // @rethrown
  }
  try {
    first();
  } catch (error) {
    console.info(error.message);
    throw error;
  }
});

entry('thrown-twice', function twice() {
  const error = new Error('thrown twice'); // @thrown-twice
  setTimeout(() => {
    throw error;
  });
  throw error;
});

entry('cause-error', function causeError() {
  const cause = new RangeError('page 7 of 3'); // @cause-error-inner
  throw new Error('orders cannot be shown', { cause }); // @cause-error
});

entry('cause-string', function causeString() {
  throw new Error('with a string', { cause: 'the disk is full' }); // @cause-string
});

entry('cause-object', function causeObject() {
  throw new Error('with an object', { cause: { code: 'EFULL' } }); // @cause-object
});

entry('cause-null', function causeNull() {
  throw new Error('with null', { cause: null }); // @cause-null
});

entry('cause-cyclic', function causeCyclic() {
  const inner = new Error('inner'); // @cause-cyclic-inner
  const outer = new Error('outer', { cause: inner }); // @cause-cyclic
  inner.cause = outer;
  throw outer;
});

entry('cause-itself', function causeItself() {
  const error = new Error('its own cause'); // @cause-itself
  error.cause = error;
  throw error;
});

entry('cause-deep', function causeDeep() {
  let error = new Error('number 5000');
  for (let n = 4_999; n >= 0; n--) error = new Error(`number ${n}`, { cause: error }); // @cause-deep
  throw error;
});

entry('aggregate-nested', function nest() {
  const inner = new AggregateError([new Error('a leaf')], 'inner'); // @aggregate-nested-inner
  throw new AggregateError([inner], 'outer'); // @aggregate-nested
});

entry('aggregate-of-thousands', function thousands() {
  const errors = Array.from({ length: 10_000 }, (_, i) => new Error(`number ${i}`));
  throw new AggregateError(errors, 'ten thousand'); // @aggregate-of-thousands
});

// Made by hand: not every engine has the class yet, and compilers make it like this.
entry('suppressed', function suppress() {
  const error = new TypeError('while disposing'); // @suppressed-error
  throw Object.assign(new Error('both'), { name: 'SuppressedError', error, suppressed: 'the first' }); // @suppressed
});

entry('promise-any', function any() {
  Promise.any([Promise.reject(new Error('one')), Promise.reject(new Error('two'))]); // @promise-any
});
