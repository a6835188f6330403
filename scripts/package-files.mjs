// What a package needs beside its bundles: its type declarations, its licence and its readme. Runs after rollup.
import { chmodSync, copyFileSync, cpSync, rmSync } from 'node:fs';

const declarations = (from, to) => {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, {
    recursive: true,
    filter: (path) => !path.endsWith('.test.d.ts') && (/\.d\.ts$/.test(path) || !/\.[a-z.]+$/.test(path)),
  });
};

declarations('build/src', 'dist/types/src');
declarations('build/src/wire', 'collector/dist/types/src/wire');
declarations('build/collector/src', 'collector/dist/types/collector/src');
copyFileSync('LICENSE', 'collector/LICENSE');
chmodSync('collector/dist/bin.js', 0o755);
