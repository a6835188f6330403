// Every command of the README, run. A command without a row in RUNS fails the test that lists them.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { SDK_VERSION } from '../src/log/version.js';
import { BrowserProfile } from './browser.js';
import { freePort } from './collector.js';
import { PRINTS } from './readme/collector-commands.js';
import { during, run } from './readme/shell.js';

const repo = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(repo, 'README.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );
const commandsIn = (text: string): string[] =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));
const collectorReadme = readFileSync(join(repo, 'collector/README.md'), 'utf8');
// Those of the collector's go on where the repository's end: with its app, in its data folder.
const commands = [readme, collectorReadme].flatMap(commandsIn);

const folder = mkdtempSync(join(tmpdir(), 'crashpost-readme-'));
const CLONE = join(folder, 'clone');

/** What a fresh clone of this tree has: tracked files, and new ones that are not ignored. */
function clone(): string {
  const to = CLONE;
  const files = run('git ls-files -co --exclude-standard', repo).trim().split('\n');
  for (const file of files) {
    // In a worktree it may be a link, which is no folder to `node_modules/`: npm ci would empty what it leads to.
    if (file === 'node_modules') continue;
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(repo, file), join(to, file));
  }
  return to;
}

/** A package as `npm pack` made it in the clone. */
const tarball = (name: string): string => join(CLONE, `${name}-${SDK_VERSION}.tgz`);

const RUNS: Record<string, () => Promise<void>> = {
  'npm ci && npm start': async () => {
    const [port, demoPort] = [await freePort(), await freePort()];
    const more = { CRASHPOST_PORT: String(port), CRASHPOST_DEMO_PORT: String(demoPort) };
    const command = `sh -c 'npm ci && npm start'`;
    await during({ command, cwd: clone(), more, until: /Stop with Ctrl\+C/ }, async (output) => {
      expect(output).toMatch(/App secret +[0-9a-f-]{36}/);
      const password = /sign in as admin with the password (\S+)/.exec(output)?.[1] ?? '';
      const address = (name: string) =>
        new RegExp(`${name} +(http://127\\.0\\.0\\.1:\\d+/)`).exec(output)?.[1] ?? '';
      // What the README says next: press the button at the one address, look at the other.
      const profile = new BrowserProfile();
      try {
        const page = await profile.visit(address('Demo'));
        await page.getByRole('button', { name: 'Throw an error' }).click();
        await page.waitForTimeout(2_000);
        await page.goto(address('Collector'));
        await page.getByLabel('Name').fill('admin');
        await page.getByLabel('Password').fill(password);
        await page.getByRole('button', { name: 'Sign in' }).click();
        await expect(page.getByRole('link', { name: 'TypeError', exact: true })).toBeVisible();
      } finally {
        await profile.remove();
      }
    });
  },
  'npm ci && npm test': async () => {
    // It is what runs this test: .ci/run is its two halves, and nothing else.
    expect(readFileSync(join(repo, '.ci/run'), 'utf8')).toContain('npm ci && npm test');
    const { scripts } = JSON.parse(readFileSync(join(repo, 'package.json'), 'utf8'));
    expect(scripts.test).toBe('node scripts/test.mjs');
    expect(readFileSync(join(repo, 'scripts/test.mjs'), 'utf8')).toContain("'playwright', 'test'");
    // A clone has no ../shared: what reads the corpus there has to skip, and nothing may fail.
    const ran = run('npx vitest run corpus validate slim house', CLONE, { NO_COLOR: '1' });
    expect(ran).toMatch(/Tests .*\d+ passed \| \d+ skipped/);
  },
  'npm pack && npm pack --workspace collector': async () => {
    run('npm pack && npm pack --workspace collector', CLONE);
    for (const name of ['crashpost', 'crashpost-collector'])
      expect(run(`tar tzf ${tarball(name)}`, CLONE)).toMatch(/package\/dist\/(index|main)\.js/);
  },
  'npm install crashpost': async () => {
    const cwd = join(folder, 'spa');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'package.json'), '{"private":true,"type":"module"}');
    run(`npm install ${tarball('crashpost')}`, cwd);
    const installed = JSON.parse(run('npm ls --all --json', cwd));
    expect(Object.keys(installed.dependencies)).toEqual(['crashpost']);
    expect(installed.dependencies.crashpost.dependencies).toBeUndefined();
    // The README's own lines, type-checked and bundled as a stranger's app.
    const [snippet = '', worker = '', classic = ''] = blocks('js');
    writeFileSync(join(cwd, 'main.ts'), snippet);
    // A bundler drops an import that gives no name where the package says that its files do nothing by themselves.
    writeFileSync(join(cwd, 'worker.js'), worker);
    writeFileSync(
      join(cwd, 'work.ts'),
      "import './main.js'; new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });",
    );
    writeFileSync(join(cwd, 'index.html'), '<script type="module" src="/work.ts"></script>');
    // Once as a bundler sees the package, once as Node does, and without the browser's own types.
    const bin = join(repo, 'node_modules/.bin');
    run(
      `${bin}/tsc --noEmit --strict --module esnext --moduleResolution bundler --target es2022 main.ts`,
      cwd,
    );
    run(`${bin}/vite build`, cwd);
    expect(run('cat dist/assets/*.js', cwd)).toContain('crashes.example.com');
    expect(run('cat dist/assets/worker*.js', cwd)).toContain('unhandledrejection');
    // Server-side rendering: importing and starting does nothing, and breaks nothing.
    writeFileSync(join(cwd, 'ssr.mjs'), snippet);
    expect(run('node ssr.mjs', cwd)).toBe('');
    for (const name of [
      'crashpost.min.js',
      'crashpost.device.min.js',
      'crashpost.extra.min.js',
      'crashpost.worker.min.js',
      'THIRD-PARTY-NOTICES.txt',
    ])
      expect(run('ls node_modules/crashpost/dist', cwd)).toContain(name);
    expect(classic).toContain('crashpost.worker.min.js');
  },
  'npm install --global crashpost-collector': async () => {
    run(
      `npm install --global --prefix ${JSON.stringify(join(folder, 'global'))} ${tarball('crashpost-collector')}`,
      folder,
    );
  },
  'crashpost-collector app add "My shop" --data crashes': async () => {
    expect(run(installed('app add "My shop" --data crashes'), folder)).toMatch(/^[0-9a-f-]{36}\n$/);
  },
  'crashpost-collector serve --data crashes --port 8080': async () => {
    const port = await freePort();
    const command = installed(`serve --data crashes --port ${port}`);
    await during({ command, cwd: folder, more: {}, until: /password/ }, async (output) => {
      expect(output).toContain(`http://127.0.0.1:${port}`);
      expect((await fetch(`http://127.0.0.1:${port}/sign-in`)).status).toBe(200);
    });
  },
  'crashpost-collector user password --data crashes': async () => {
    expect(run(installed('user password --data crashes'), folder)).toMatch(/\S{16,}/);
  },
};

/** Runs it as the README says, on the data folder of the commands before; gives what it printed. */
const asWritten = (command: string): string =>
  run(installed(command.replace('crashpost-collector ', '')), folder);

for (const [command, printed] of Object.entries(PRINTS))
  RUNS[command] = async () => expect(asWritten(command)).toMatch(printed);

const installed = (words: string): string =>
  `${JSON.stringify(join(folder, 'global/bin/crashpost-collector'))} ${words}`;

test.describe.configure({ mode: 'serial' });
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every command of the README has a run here', () => {
  expect(commands).toEqual(Object.keys(RUNS).filter((command) => commands.includes(command)));
  expect(Object.keys(RUNS).sort()).toEqual([...commands].sort());
});

for (const [command, check] of Object.entries(RUNS)) {
  test(command, async () => {
    test.setTimeout(300_000);
    await check();
  });
}

test('every flag of the READMEs, and of the way here from App Center, is in the help', () => {
  const help = (words: string) => spawnSync(installed(words), { shell: true, encoding: 'utf8' }).stdout;
  const stdout = help('--help') + help('serve --help');
  const texts = [readme, collectorReadme, readFileSync(join(repo, 'docs/app-center.md'), 'utf8')];
  const flags = texts.flatMap((text) => text.match(/--[a-z][a-z-]+/g) ?? []);
  const helps =
    stdout +
    ['app add', 'app rotate', 'token add', 'export'].map((words) => help(`${words} --help`)).join('');
  // Docker's and npm's stand there too.
  const others = ['--restart', '--help', '--workspace', '--global'];
  for (const flag of new Set(flags)) if (!others.includes(flag)) expect(helps).toContain(flag);
  for (const word of [
    'serve',
    'app add',
    'user password',
    '--data',
    '--host',
    '--port',
    'CRASHPOST_DATA',
    'CRASHPOST_ADMIN_PASSWORD',
  ])
    expect(stdout).toContain(word);
});
