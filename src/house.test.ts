import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SDK_VERSION } from './log/version.js';

const repo = fileURLToPath(new URL('..', import.meta.url));

/** Who may import whom. A folder may always import itself; types of `thrown` are what capture hands to exception. */
const REPORTER: Record<string, string[]> = {
  wire: [],
  platform: [],
  thrown: [],
  capture: ['platform', 'thrown'],
  exception: ['wire', 'platform', 'thrown'],
  trail: ['wire', 'platform', 'exception', 'capture'],
  visit: ['wire', 'platform', 'log'],
  log: ['wire', 'platform'],
  privacy: ['wire', 'platform'],
  queue: ['wire', 'platform'],
  send: ['wire', 'platform', 'queue'],
  care: ['platform', 'queue'],
  'crash-api': [],
  api: ['crash-api'],
  gate: ['exception', 'log', 'platform', 'queue', 'send'],
  crashes: ['crash-api', 'exception', 'log', 'platform', 'privacy', 'queue', 'wire'],
  stub: ['crash-api', 'platform'],
  options: ['api', 'platform'],
  client: [
    'capture',
    'exception',
    'extra',
    'gate',
    'log',
    'options',
    'platform',
    'privacy',
    'queue',
    'send',
    'thrown',
    'wire',
  ],
  worker: [
    'capture',
    'care',
    'client',
    'exception',
    'log',
    'options',
    'platform',
    'privacy',
    'queue',
    'send',
  ],
  explain: ['api', 'platform'],
  extra: [
    'capture',
    'care',
    'crashes',
    'explain',
    'log',
    'options',
    'platform',
    'privacy',
    'trail',
    'visit',
    'wire',
  ],
  reporter: ['api', 'client', 'crash-api', 'extra', 'log', 'options', 'platform', 'privacy'],
  index: ['api', 'capture', 'extra', 'reporter', 'log'],
  script: ['api', 'reporter', 'log', 'platform'],
};
const COLLECTOR: Record<string, string[]> = {
  wire: [],
  texts: [],
  store: ['wire'],
  symbols: ['wire', 'store'],
  digest: ['wire', 'store', 'symbols'],
  access: ['store', 'texts'],
  ingest: ['wire', 'store', 'texts'],
  metrics: ['ingest', 'store', 'access'],
  api: ['wire', 'store', 'access', 'texts'],
  ui: ['wire', 'store', 'access', 'digest', 'texts'],
  // What a post may weigh is a setting, and whom to believe.
  config: ['ingest', 'proxies'],
  proxies: [],
  log: ['store'],
  clock: ['store'],
  retention: ['clock', 'store'],
  server: ['ingest', 'proxies'],
  app: [
    'wire',
    'store',
    'digest',
    'ingest',
    'metrics',
    'api',
    'ui',
    'access',
    'clock',
    'config',
    'symbols',
    'version',
  ],
  main: [
    'app',
    'config',
    'digest',
    'log',
    'proxies',
    'retention',
    'server',
    'store',
    'access',
    'ingest',
    'wire',
  ],
  bin: ['main', 'config', 'log', 'store', 'access', 'texts', 'version'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsBelow(root: string): Import[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file))
    .map((file) => join(root, file));
  return files.flatMap((from) => {
    const specifiers = readFileSync(from, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g);
    return [...specifiers].map(([, to = '']) => ({
      from,
      to: join(dirname(from), to.replace(/\.js$/, '.ts')),
    }));
  });
}

const roomOf = (root: string, file: string): string =>
  (relative(root, file).split(sep)[0] ?? '').replace(/\.ts$/, '');

/** The longest way down from each place. Throws on a cycle. */
function chainsOf(edges: readonly Import[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const chains = new Map<string, string[]>();
  const chainOf = (place: string, path: string[]): string[] => {
    if (path.includes(place)) throw new Error(`cycle: ${[...path, place].join(' → ')}`);
    const known = chains.get(place);
    if (known) return known;
    const below = (next.get(place) ?? []).map((to) => chainOf(to, [...path, place]));
    const chain = [place, ...below.reduce((a, b) => (b.length > a.length ? b : a), [])];
    chains.set(place, chain);
    return chain;
  };
  return [...next.keys()].map((place) => chainOf(place, []));
}

describe.each([
  ['src', REPORTER],
  ['collector/src', COLLECTOR],
] as const)('%s', (folder, table) => {
  const root = join(repo, folder);
  const imports = importsBelow(root);

  it('has imports to look at', () => expect(imports.length).toBeGreaterThan(20));

  it('keeps to who may import whom', () => {
    const wrong = imports
      .filter(({ to }) => to.startsWith(root))
      .map(({ from, to }) => [
        roomOf(root, from),
        roomOf(root, to),
        `${relative(repo, from)} → ${relative(repo, to)}`,
      ])
      .filter(([from = '', to = '']) => from !== to && !table[from]?.includes(to))
      .map(([, , what]) => what);
    expect(wrong).toEqual([]);
  });

  it('reaches the other package through one file', () => {
    const across = imports.filter(({ to }) => !to.startsWith(root)).map(({ from }) => relative(repo, from));
    expect(across).toEqual(folder === 'src' ? [] : ['collector/src/wire.ts']);
  });

  it('has no cycle, and no chain of more than six imports in a room, or of more than six rooms', () => {
    const inRoom = imports.filter(({ from, to }) => roomOf(root, from) === roomOf(root, to));
    const rooms = imports
      .map(({ from, to }) => ({ from: roomOf(root, from), to: roomOf(root, to) }))
      .filter(({ from, to }) => from !== to);
    for (const edges of [inRoom, rooms]) {
      const tooLong = chainsOf(edges).filter((chain) => chain.length - 1 > 6);
      expect(tooLong.map((chain) => chain.join(' → '))).toEqual([]);
    }
    // Types are erased, but who reads them still has to follow them: they count here.
    expect(() => chainsOf(imports)).not.toThrow();
  });
});

it('the packages and the reporter say the same version', () => {
  for (const path of ['package.json', 'collector/package.json'])
    expect(JSON.parse(readFileSync(join(repo, path), 'utf8')).version).toBe(SDK_VERSION);
});
