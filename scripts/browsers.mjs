// The browsers the tests drive. As root on Debian it installs what is missing; elsewhere it says what to install.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const NEEDED = [{ path: process.env.CHROMIUM ?? '/usr/bin/chromium', debian: 'chromium' }];

const missing = NEEDED.filter(({ path }) => !existsSync(path)).map(({ debian }) => debian);
if (missing.length > 0) {
  const isDebian = spawnSync('apt-get', ['--version']).status === 0;
  if (process.getuid?.() !== 0 || !isDebian) {
    console.error(
      `The browser tests need ${missing.join(', ')}: install it (Debian: apt-get install ${missing.join(' ')}), or set CHROMIUM to its path.`,
    );
    process.exit(1);
  }
  console.log(`Installing ${missing.join(', ')} …`);
  const run = (...args) =>
    execFileSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  run('update');
  run('install', '-y', '--no-install-recommends', ...missing);
}
