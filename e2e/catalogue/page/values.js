// Anything can be thrown, and anything can be rejected with.

class Receipt {
  constructor(total) {
    this.total = total;
  }
}

const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const circular = () => {
  const value = { name: 'circle' };
  value.self = value;
  return value;
};

const VALUES = {
  string: () => 'just a string',
  'empty-string': () => '',
  number: () => 42,
  'not-a-number': () => Number.NaN,
  bigint: () => 12n,
  symbol: () => Symbol('mark'),
  null: () => null,
  undefined: () => undefined,
  true: () => true,
  false: () => false,
  object: () => ({ code: 'E1', nested: { list: [1, 2] } }),
  'object-like-error': () => ({ name: 'ApiError', message: 'from the server', code: 7 }),
  'object-without-prototype': () => Object.assign(Object.create(null), { code: 'E1' }),
  'object-circular': circular,
  'object-of-class': () => new Receipt(12),
  'object-that-throws': () => ({
    toJSON: () => {
      throw new Error('toJSON throws');
    },
  }),
  array: () => ['a', 1],
  function: () => function thrown() {},
  date: () => new Date(Date.UTC(2026, 10, 23)),
  map: () => new Map([['a', 1]]),
  regexp: () => /a+/g,
  event: () => new Event('change'),
  promise: () => Promise.resolve(1),
  proxy: () => new Proxy({ code: 'E1' }, {}),
  'revoked-proxy': revoked,
  element: () => document.body,
  response: () => new Response('private', { status: 404 }),
  'object-with-error': () => ({ error: new RangeError('held') }),
  'object-huge': () => ({ list: Array.from({ length: 100_000 }, (_, i) => ({ i })) }),
  bytes: () => new Uint8Array(10_000_000),
};

for (const [name, make] of Object.entries(VALUES)) {
  entry(`throw-${name}`, function throwValue() {
    throw make(); // @throw-value
  });
  entry(`reject-${name}`, function rejectValue() {
    Promise.reject(make());
  });
}

entry(
  'throw-string-unwrapped',
  function throwUnwrapped() {
    throw 'just a string'; // @throw-unwrapped
  },
  { options: { wrapCallbacks: false } },
);
