// The browsers the tests drive. As root on Debian it installs what is missing; elsewhere it says what to install.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const NEEDED = [
  { path: process.env.CHROMIUM ?? '/usr/bin/chromium', debian: 'chromium' },
  { path: process.env.FIREFOX ?? '/usr/bin/firefox-esr', debian: 'firefox-esr' },
  // Brings MiniBrowser with it, which has no headless mode: it needs an X server.
  { path: '/usr/bin/WebKitWebDriver', debian: 'webkit2gtk-driver' },
  { path: '/usr/bin/Xvfb', debian: 'xvfb' },
];

const missing = NEEDED.filter(({ path }) => !existsSync(path)).map(({ debian }) => debian);
if (missing.length > 0) {
  const isDebian = spawnSync('apt-get', ['--version']).status === 0;
  if (process.getuid?.() !== 0 || !isDebian) {
    console.error(
      `The browser tests need ${missing.join(', ')}: install it (Debian: apt-get install ${missing.join(' ')}); CHROMIUM and FIREFOX may name paths of browsers that are elsewhere.`,
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
