// Each subject as one minified script that sets `subject`: ours as it is published, peers bundled as an app would.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

const here = (path) => new URL(path, import.meta.url).pathname;
/** Bytes as `gzip -9` makes them: zlib's own differ by a percent from one build to the next. */
const gzip = (text) => execFileSync('gzip', ['-9', '-c'], { input: text }).length;

export const PEERS = [
  { name: 'Sentry', entry: 'sentry', library: '@sentry/browser' },
  { name: 'Faro', entry: 'faro', library: '@grafana/faro-web-sdk' },
  { name: 'Bugsnag', entry: 'bugsnag', library: '@bugsnag/js' },
  { name: 'Honeybadger', entry: 'honeybadger', library: '@honeybadger-io/js' },
  { name: 'Raygun', entry: 'raygun', library: 'raygun4js' },
];

const OURS = `globalThis.subject = { start: (url) =>
  crashpost.start({ appSecret: '00000000-0000-4000-8000-000000000000', logUrl: url, appVersion: '1.0.0' }) };`;

/** `{ name, code, gzip }` of a peer; rejects where it is not installed. */
export async function bundlePeer({ name, entry, library }) {
  const { version } = JSON.parse(readFileSync(here(`node_modules/${library}/package.json`), 'utf8'));
  const bundle = await rollup({
    input: here(`peers/${entry}.mjs`),
    plugins: [
      resolve({ browser: true, preferBuiltins: false }),
      commonjs(),
      terser({ ecma: 2020, format: { comments: false } }),
    ],
    context: 'globalThis',
    onwarn: () => undefined,
  });
  const { output } = await bundle.generate({
    format: 'iife',
    name: 'bundle',
    inlineDynamicImports: true,
    intro: 'var process={env:{NODE_ENV:"production"}};',
  });
  const { code } = output[0];
  return { name: `${name} ${version}`, code, gzip: gzip(code) };
}

/** `{ name, code, gzip }` of nothing, of ours, and of each peer that is installed. */
export async function bundleAll() {
  const dist = (file) => readFileSync(here(`../dist/${file}`), 'utf8');
  const { version } = JSON.parse(readFileSync(here('../package.json'), 'utf8'));
  const ours = dist('crashpost.min.js');
  const subjects = [
    { name: 'nothing', code: 'globalThis.subject = { start: () => undefined };', gzip: 0 },
    {
      name: `crashpost ${version}`,
      code: `${ours};${OURS}`,
      gzip: gzip(ours),
      later: gzip(dist('crashpost.device.min.js')) + gzip(dist('crashpost.extra.min.js')),
    },
  ];
  for (const peer of PEERS) {
    if (existsSync(here(`node_modules/${peer.library}`))) subjects.push(await bundlePeer(peer));
  }
  return { subjects, missing: PEERS.length + 2 - subjects.length };
}
