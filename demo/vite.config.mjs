import { defineConfig } from 'vite';

// The SPA of the demo: an app that imports the reporter from its npm package, as a stranger's would.
export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  base: '/spa/',
  logLevel: 'warn',
  build: {
    outDir: 'dist/spa',
    emptyOutDir: true,
    sourcemap: true,
    rollupOptions: { input: 'demo/spa/main.js', output: { entryFileNames: 'main.js' } },
  },
});
