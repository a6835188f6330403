import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import license from 'rollup-plugin-license';
import { slim } from './scripts/slim.mjs';

// `tsc -b` has compiled everything to build/; rollup makes of it what is published.
const bundled = [slim(), resolve({ browser: true }), commonjs()];
const minified = [
  ...bundled,
  terser({
    ecma: 2020,
    module: true,
    compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true },
    format: { comments: false, ascii_only: true },
  }),
];

// Only entries do something by being imported; without this the wire's validators would ride along with its constants.
const treeshake = { moduleSideEffects: (id) => /build\/src\/(script|worker)\.js$/.test(id) };

/** One file for a script tag or importScripts. */
const script = (input, file, output) => ({
  input: `build/src/${input}.js`,
  output: { file: `dist/${file}.min.js`, sourcemap: 'hidden', ...output },
  plugins: minified,
  treeshake,
});

const all = [
  {
    input: { index: 'build/src/index.js', worker: 'build/src/worker.js' },
    output: { dir: 'dist', format: 'es', chunkFileNames: '[name].js', sourcemap: true },
    // This build has every library that any of them has, so its list is the package's.
    plugins: [...bundled, license({ thirdParty: { output: 'dist/THIRD-PARTY-NOTICES.txt' } })],
    treeshake,
  },
  // Its only import() is of an address, which rollup leaves alone.
  script('script', 'crashpost', { format: 'iife' }),
  script('worker', 'crashpost.worker', { format: 'iife' }),
  script('log/parse-device', 'crashpost.device', { format: 'es' }),
  {
    input: {
      main: 'build/collector/src/main.js',
      bin: 'build/collector/src/bin/bin.js',
      thread: 'build/collector/src/store/sqlite/thread.js',
    },
    output: { dir: 'collector/dist', format: 'es', chunkFileNames: 'collector-[name].js', sourcemap: true },
    external: [/^node:/, /^hono/, /^@hono\//, 'libsql', 'jsonc-parser'],
  },
];

export default process.env.ONLY_REPORTER ? all.slice(0, 4) : all;
