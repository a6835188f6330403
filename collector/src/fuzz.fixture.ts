// For the fuzz test: bodies that no client should send, from real ones and from nothing. Every choice comes from a
// seeded generator, so that a number names a body.
import { gzipSync } from 'node:zlib';
import { toStrict } from './ingest/lenient.js';

/** Random numbers, the same for the same seed: mulberry32 (public domain, Tommy Ettinger). */
export function createRandom(seed: number) {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return { next, below, pick };
}

type Random = ReturnType<typeof createRandom>;

// biome-ignore format: one a line would be a page
const TOKENS = [
  '{', '}', '[', ']', '"', ':', ',', '\\', '\0', '\\u0000', '\ufeff', '\ud800', '\u2028', '//', '/*',
  '*/', 'null', 'true', '-0', '1e999', '-1e-999', '123456789012345678901234567890', '0.1e+', 'NaN',
  '"__proto__":{"x":1},', '"constructor":', '"toString":', '"logs":[', '"logs:":',
  '"type":"managedError",', '"type":7,', '"id":"",', '"ID":null,', '"errorId":"x",',
  '"timestamp":"9999-99-99T99:99:99Z",', '"timestamp":{},', '"frames":{},', '"frames":[null,1,"x",{}],',
  '"innerExceptions":[{"type":"a","innerExceptions":[{}]}],', '"properties":[1],', '"registers":"x",',
  '"threads":[0],', '"data":"TURNUA==",', '"fileName":"minidump.dmp",', '"sid":"x",', '"device":[],',
  '"exception":null,', 'Ā', '\u0130', '🙂',
] as const;

const NAMES =
  `type Type id timestamp errorId sid device exception message stackTrace frames threads binaries registers
  innerExceptions data fileName contentType fatal __proto__ constructor name className methodName lineNumber address code
  typedProperties properties osExceptionType x`.split(/\s+/);
const TYPES = 'managedError handledError appleError errorAttachment event startSession new'.split(' ');

/** Valid, but of no client: fields of every type in every place. */
function invented(random: Random): string {
  const value = (depth: number): string => {
    const kind = random.below(depth > 4 ? 5 : 8);
    if (kind === 0) return JSON.stringify(random.pick(TOKENS));
    if (kind === 1) return String((random.next() - 0.5) * 10 ** random.below(40));
    if (kind === 2)
      return random.pick(['null', 'true', 'false', '""', '0', '-1', '1e308', '18446744073709551615']);
    if (kind === 3) return JSON.stringify(random.pick(TYPES));
    if (kind === 4) return `"${'x'.repeat(random.below(300))}"`;
    if (kind === 5) return `[${Array.from({ length: random.below(5) }, () => value(depth + 1)).join()}]`;
    return object(depth + 1);
  };
  const object = (depth: number): string => {
    const fields = Array.from(
      { length: random.below(8) },
      () => `${JSON.stringify(random.pick(NAMES))}:${value(depth)}`,
    );
    return `{${fields.join()}}`;
  };
  const log = () =>
    object(0)
      .replace('{', `{"type":"${random.pick(TYPES)}",`)
      .replace(/,}$/, '}');
  return `{"logs":[${Array.from({ length: 1 + random.below(6) }, log).join()}]}`;
}

const VALUES: readonly unknown[] = [
  null,
  [],
  {},
  '',
  7,
  -1.5e300,
  true,
  '\0',
  [[[]]],
  { type: {} },
  '𝕏',
  2 ** 63,
];

/** Still JSON: some values somewhere in it are others, or gone, or moved. */
function bent(body: Buffer, random: Random): Buffer {
  const tree = JSON.parse(toStrict(body.toString())) as {
    logs?: { id?: string }[];
    'logs:'?: { id?: string }[];
  };
  // A log that is known is not read again.
  for (const log of tree.logs ?? tree['logs:'] ?? []) {
    log.id = `00000000-0000-4000-8000-${Math.floor(random.next() * 2 ** 48)
      .toString(16)
      .padStart(12, '0')}`;
  }
  for (let n = random.below(8); n > 0; n--) bendOnce(tree, random);
  return Buffer.from(JSON.stringify(tree));
}

function bendOnce(tree: unknown, random: Random): void {
  let node = tree;
  while (typeof node === 'object' && node !== null) {
    const at = node as Record<string, unknown>;
    const keys = Object.keys(at);
    if (keys.length === 0) return;
    const key = random.pick(keys);
    // Most values are deep down; those above matter more.
    if (random.below(4) === 0) {
      const kind = random.below(4);
      if (kind === 0) delete at[key];
      else if (kind === 1) at[random.pick(NAMES)] = at[key];
      else at[key] = random.pick(VALUES);
      return;
    }
    node = at[key];
  }
}

function mutated(body: Buffer, corpus: readonly Buffer[], random: Random): Buffer {
  const at = random.below(body.length + 1);
  const end = Math.min(body.length, at + random.below(2 ** random.below(12)));
  const cut = (middle: Uint8Array, to = at) =>
    Buffer.concat([body.subarray(0, at), middle, body.subarray(to)]);
  switch (random.below(9)) {
    case 0:
      return cut(Buffer.of(random.below(256)), at + 1);
    case 1:
      return cut(Buffer.alloc(0), end);
    case 2:
      return cut(body.subarray(at, end));
    case 3:
      return body.subarray(0, at);
    case 4:
      return cut(random.pick(corpus).subarray(0, 1 + random.below(4000)));
    case 5:
      return cut(
        Buffer.from(
          random.pick(['[', '{"a":', '"', '\\', '[{},', '/**/', '\0']).repeat(2 ** random.below(13)),
        ),
      );
    case 6:
      return cut(Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]));
    default:
      return cut(Buffer.from(random.pick(TOKENS)));
  }
}

export interface FuzzPost {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const HOSTILE_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'deflate' },
  { 'content-encoding': 'br' },
  { 'content-encoding': 'identity' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'text/plain' },
  { 'install-id': 'x' },
  { 'install-id': '00000000-0000-0000-0000-000000000000' },
  { origin: 'null' },
];

/** The post that a number names. */
export function postOf(seed: number, corpus: readonly Buffer[], secret: string): FuzzPost {
  const random = createRandom(seed);
  let body: Buffer = random.below(4) === 0 ? Buffer.from(invented(random)) : random.pick(corpus);
  if (random.below(2) === 0) body = bent(body, random);
  else for (let n = random.below(4); n > 0; n--) body = mutated(body, corpus, random);
  const headers: Record<string, string> = { 'app-secret': secret, 'install-id': secret };
  if (random.below(5) === 0) {
    headers['content-encoding'] = 'gzip';
    body = gzipSync(body);
    if (random.below(2) === 0) body = mutated(body, corpus, random);
  } else if (random.below(10) === 0) Object.assign(headers, random.pick(HOSTILE_HEADERS));
  const path = random.pick([
    '/logs',
    '/logs',
    '/logs?api-version=1.0.0',
    '//logs',
    '/a/%00/logs?x=%',
    '/LOGS/?app-secret=x',
  ]);
  return { path, headers, body };
}
