// What of a file, a function or a message stays the same from one release, visitor and browser to the next.
import type { KeptFrame } from './kept.js';

const UUID = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;

/** A file without what deployments change: origin, query, fragment, versions, user names, content hashes. */
export function stableFile(fileName: string): string {
  const scheme = /^(?:blob|data):/i.exec(fileName)?.[0];
  if (scheme) return scheme.toLowerCase();
  const path = fileName
    .replaceAll('\\', '/')
    .replace(/[?#].*$/s, '')
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
    .replace(/^\/?[a-z]:\//i, '/');
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const name = segments.pop() ?? '';
  const home = /^(?:users|home)$/i.test(segments[0] ?? '') ? 1 : -1;
  return [...segments.map((segment, i) => (i === home ? '*' : stableFolder(segment))), stableName(name)].join(
    '/',
  );
}

/** Folders named for a release, a container or a record: `1.4.2`, `lib@2.0.1`, UUIDs, commit hashes, numbers. */
function stableFolder(segment: string): string {
  if (isHex(segment)) return '*';
  return segment
    .replace(UUID, '*')
    .replace(/^v?\d+(?:\.\d+)*(?:[-+].*)?$/, '*')
    .replace(/@v?\d+\.\d[^/]*$/, '@*');
}

/** `app-3f2a1b9c.js`, `main.8d1fa0….chunk.js` and `index-B_x-3kQ9.js` without the hash a bundler gave them. */
function stableName(name: string): string {
  const [base = '', ...parts] = name.replace(UUID, '*').split('.');
  const extension = parts.length ? `.${parts.map((part) => (isHash(part) ? '*' : part)).join('.')}` : '';
  // Rollup's and esbuild's hashes have 8 characters, and Rollup's alphabet has `-` and `_`, so these come first.
  const tail = /^(.+[-_])([\w-]{8})$/.exec(base);
  if (tail?.[2] && isHash(tail[2])) return `${tail[1]}*${extension}`;
  return base.replace(/[^-_~]+/g, (token, at) => (at > 0 && isHash(token) ? '*' : token)) + extension;
}

function isHash(token: string): boolean {
  if (isHex(token) || /^\d{6,}$/.test(token) || /^[A-Z2-7]{8}$/.test(token)) return true;
  if (token.length < 8 || token.length > 64) return false;
  // Words and humps are long runs of one kind, random characters are not: `checkout`, `MyWorker`, `k3JxQ9za`.
  const runs = token.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  return token.replace(/[-_]/g, '').length / Math.max(runs.length, 1) < 3;
}

/** Six or more hexadecimal digits, letters and numbers mixed: `facade` is a word. */
function isHex(token: string): boolean {
  return /^(?=.*\d)(?=.*[a-f])[0-9a-f]{6,128}$/i.test(token);
}

/** What engines put before a name; SpiderMonkey's async causes end in `*`. */
const PREFIX = /^(?:.*\*)?(?:(?:async|new|get|set|static|bound) )*/;
const NAMELESS = /^(?:<?(?:anonymous|unknown|computed|global)>?|\?*|eval|(?:eval|global|module) code)$/i;
/** Receivers that engines guess when they know no class. */
const GENERIC =
  /^(?:object|function|module|window|global|globalthis|self|exports|default|_?this|array|proxy|htmlelement)$/i;

/** A function's name as every release has it; empty when there is none, or only the two letters of a minifier. */
export function stableMethod(methodName: string): string {
  const alias = /\[as ([^\]]+)\]/.exec(methodName)?.[1];
  const bare = (alias ?? methodName.replace(PREFIX, '')).replace(/[/<]+$/, '');
  const segments = bare.split(/[./]/).filter((segment) => segment !== '' && segment !== 'prototype');
  const [receiver = '', name = ''] = [segments.at(-2), segments.at(-1)];
  if (NAMELESS.test(name) || /^[\w$]{1,2}$/.test(name)) return '';
  const named = receiver.length > 2 && !NAMELESS.test(receiver) && !GENERIC.test(receiver);
  return `${named ? `${receiver}.` : ''}${numberless(name)}`;
}

/** Java and C# compilers number what a lambda becomes: `lambda$onCreate$0`, `<Load>b__0_1`. */
function numberless(name: string): string {
  return name.replace(/^(lambda\$.*\$)\d+$/, '$1*').replace(/__\d+(?:_\d+)*/g, '__*');
}

/** The parts of a frame that make a group; empty when the frame says nothing. */
export function frameKey(frame: KeptFrame): string[] {
  const file = stableFile(frame.fileName);
  const method = stableMethod(frame.methodName);
  const image = frame.place ? [frame.place.name, frame.place.offset] : [];
  const known = [file, numberless(frame.className), method, ...image].some((part) => part !== '');
  if (!known) return [];
  const position = method || frame.place ? [] : [frame.line ?? '', frame.column ?? ''].map(String);
  return [file, numberless(frame.className), method, ...image, ...position];
}

/**
 * A message without what varies from one report to the next, as App Center scrubs it: URLs become their host, and
 * UUIDs, quoted strings, hexadecimal and other numbers become `*`. Looks at the first 1,000 characters.
 */
export function stableMessage(message: string): string {
  return message
    .slice(0, 1000)
    .replace(/\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/?#'"<>]*)[^\s'"<>]*/gi, '$1')
    .replace(UUID, '*')
    .replace(/"[^"]*"|`[^`]*`|(?<!\w)'[^']*'(?!\w)/g, '*')
    .replace(/\b0x[0-9a-f]+\b/gi, '*')
    .replace(/\b[0-9a-f]{6,}\b/gi, (word) => (/\d/.test(word) ? '*' : word))
    .replace(/\d+/g, '*')
    .replace(/\s+/g, ' ')
    .trim();
}
