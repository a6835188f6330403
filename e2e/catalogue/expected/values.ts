import { type Expectations, type ExpectedFrame, each } from './expected.js';

const PLACE: readonly ExpectedFrame[] = [{ name: '', at: 'throw-value' }];

/** Type and message of each value, thrown or rejected with. */
const VALUES: Readonly<Record<string, readonly [type: string, message: string | RegExp]>> = {
  string: ['String', 'just a string'],
  'empty-string': ['String', ''],
  number: ['Number', '42'],
  'not-a-number': ['Number', 'NaN'],
  bigint: ['BigInt', '12'],
  symbol: ['Symbol', 'Symbol(mark)'],
  null: ['Null', 'null'],
  undefined: ['Undefined', 'undefined'],
  true: ['Boolean', 'true'],
  false: ['Boolean', 'false'],
  object: ['Object', '{"code":"E1","nested":{"list":[1,2]}}'],
  'object-like-error': ['Object', /from the server/],
  'object-without-prototype': ['Object', '{"code":"E1"}'],
  'object-circular': ['Object', '{"name":"circle","self":"…"}'],
  'object-of-class': ['Receipt', '{"total":12}'],
  'object-that-throws': ['Object', '{}'],
  array: ['Array', '["a",1]'],
  function: ['Function', 'function thrown'],
  date: ['Date', '2026-11-23T00:00:00.000Z'],
  map: ['Map', '[["a",1]]'],
  regexp: ['RegExp', '/a+/g'],
  event: ['Event', '{"type":"change","target":null}'],
  promise: ['Promise', /./],
  proxy: ['Object', '{"code":"E1"}'],
  'revoked-proxy': ['Object', /./],
  element: ['HTMLBodyElement', '<BODY>'],
  response: ['Response', /^\{"type":"default","status":404,/],
  'object-with-error': ['Object', '{"error":"RangeError: held"}'],
  'object-huge': ['Object', /^\{"list":\[\{"i":0\},\{"i":1\},.*\{"i":300\},.*"…"\]\}$/],
  bytes: ['Uint8Array', '[Uint8Array]'],
};

const OF_EACH: Expectations = Object.fromEntries(
  Object.entries(VALUES).flatMap(([name, [type, message]]) => {
    const expected = { type, message };
    return [
      // A value has no stack; the event says where it was thrown. A Firefox that nobody watches leaves that out for
      // some (platform.md §A); one that a test drives does not.
      // In WebKit it says where the reporter's wrapper threw it on, which is nowhere: from what is no error there is no
      // way back to its place.
      [`throw-${name}`, { ...expected, frames: each<readonly ExpectedFrame[]>(PLACE, PLACE, []) }],
      [`reject-${name}`, { ...expected, frames: [] }],
    ];
  }),
);

export const VALUES_THROWN: Expectations = {
  ...OF_EACH,
  // WebKit tells the place where nobody stands in.
  'throw-string-unwrapped': {
    type: 'String',
    message: 'just a string',
    frames: [{ name: '', at: 'throw-unwrapped' }],
  },
};
