import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import license from 'rollup-plugin-license';
import { MINIFY, slim } from './scripts/slim.mjs';

// `tsc -b` has compiled everything to build/; rollup makes of it what is published.
const bundled = [slim(), resolve({ browser: true }), commonjs()];
const minified = [...bundled, terser(MINIFY)];

// Only entries do something by being imported; without this the wire's validators would ride along with its constants.
const treeshake = { moduleSideEffects: (id) => /build\/src\/(script|stub|worker)\.js$/.test(id) };

/** Licences of what is bundled, and that it was changed: Apache-2.0 §4(b) wants that said. */
const notices = (libraries) =>
  [
    'The files of crashpost contain parts of these libraries, some of them changed (scripts/slim.mjs): of',
    'error-stack-parser only parseV8OrIE and extractLocation, of idb-keyval all but its default store.',
    '',
    libraries.map((library) => library.text()).join('\n\n---\n\n'),
  ].join('\n');

/** One file for a script tag or importScripts. */
const script = (input, file, output) => ({
  input: `build/src/${input}.js`,
  output: { file: `dist/${file}.min.js`, ...output },
  plugins: minified,
  treeshake,
});

const all = [
  {
    input: { index: 'build/src/index.js', worker: 'build/src/worker.js' },
    output: { dir: 'dist', format: 'es', chunkFileNames: '[name].js', sourcemap: true },
    // This build has every library that any of them has, so its list is the package's.
    plugins: [
      ...bundled,
      license({ thirdParty: { output: { file: 'dist/THIRD-PARTY-NOTICES.txt', template: notices } } }),
    ],
    treeshake,
  },
  // Its only import() is of addresses, which rollup leaves alone.
  script('script', 'crashpost', { format: 'iife' }),
  script('stub', 'crashpost.stub', { format: 'iife' }),
  script('worker', 'crashpost.worker', { format: 'iife' }),
  script('log/parse-device', 'crashpost.device', { format: 'es' }),
  script('extra', 'crashpost.extra', { format: 'es' }),
  {
    input: {
      main: 'build/collector/src/main.js',
      bin: 'build/collector/src/bin/bin.js',
      thread: 'build/collector/src/store/sqlite/thread.js',
      'digest-thread': 'build/collector/src/digest/digest-thread.js',
    },
    output: { dir: 'collector/dist', format: 'es', chunkFileNames: 'collector-[name].js', sourcemap: true },
    external: [/^node:/, /^hono/, /^@hono\//, 'libsql', 'jsonc-parser'],
  },
];

export default process.env.ONLY_REPORTER ? all.slice(0, 6) : all;
