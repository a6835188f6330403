// What a package needs beside its bundles: its type declarations, its licence and its readme. Runs after rollup.
import { chmodSync, copyFileSync, cpSync, readFileSync, rmSync } from 'node:fs';
import { posix } from 'node:path';

/** The declarations of an entry and of all it names: what a consumer can reach, and nothing beside. */
function declare(to, entries) {
  rmSync(to, { recursive: true, force: true });
  const files = new Set(entries);
  for (const file of files) {
    const path = `build/${file}.d.ts`;
    cpSync(path, `${to}/${file}.d.ts`);
    for (const [, named] of readFileSync(path, 'utf8').matchAll(/from '(\.[^']+)\.js'/g))
      files.add(posix.join(posix.dirname(file), named));
  }
}

declare('dist/types', ['src/index', 'src/worker']);
declare('collector/dist/types', ['collector/src/main']);
copyFileSync('LICENSE', 'collector/LICENSE');
chmodSync('collector/dist/bin.js', 0o755);
