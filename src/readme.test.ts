// What the README says of options and limits is what the source says: a table nobody holds against it goes stale.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAX_LOG, MAX_MESSAGE, MAX_STACK_TRACE } from './exception/fit.js';
import { MAX_FRAMES } from './exception/frames.js';
import { FLOOD_LIMIT, MAX_DIFFERENT, REPEATS } from './log/flood.js';
import { toSettings } from './options.js';
import { MAX_INNER_EXCEPTIONS, MAX_PROPERTIES, MAX_PROPERTY_LENGTH, MAX_USER_ID } from './wire/index.js';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const readme = read('README.md').replace(/\s+/g, ' ');
const api = read('src/api.ts');

/** The table of options. */
const rows = [...read('README.md').matchAll(/^\| `(\w+)` \|([^|]*)\|/gm)].map(
  ([, name = '', byDefault = '']) => ({ name, byDefault: byDefault.trim() }),
);

describe('the README', () => {
  it('has every option of `start`, and no other', () => {
    const [, body = ''] = /interface Options \{\n([\s\S]*?)\n\}/.exec(api) ?? [];
    const names = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(8);
    expect(rows.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  it('has the defaults that hold', () => {
    const settings: object = toSettings({
      appSecret: '12345678-1234-1234-1234-123456789abc',
      logUrl: 'https://c.example',
    });
    for (const [name, value] of Object.entries(settings)) {
      const row = rows.find((one) => one.name === name);
      const shown = Array.isArray(value) ? `[${value}]` : `'${value}'`;
      const text = typeof value === 'number' ? `${value / 1024 ** 2} MiB` : `\`${shown}\``;
      if (row?.byDefault !== 'required') expect(row?.byDefault).toBe(text);
    }
    // The others hold when they are not set, and the docstring of each says what that means.
    for (const { name, byDefault } of rows.filter(({ byDefault }) => /true|false/.test(byDefault))) {
      const [, doc = ''] = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s+${name}\\?:`).exec(api) ?? [];
      expect(doc.toLowerCase()).toContain(`default ${byDefault.replaceAll('`', '')}`);
    }
  });

  it('has the limits that hold', () => {
    const shown = (limit: number): string => limit.toLocaleString('en');
    for (const text of [
      `${shown(MAX_MESSAGE)} characters of message`,
      `${shown(MAX_STACK_TRACE)} of raw stack`,
      `${MAX_FRAMES} frames`,
      `${MAX_INNER_EXCEPTIONS} exceptions`,
      `${MAX_LOG / 1024} KiB a report`,
      `\`${REPEATS}\``,
      `cut at ${MAX_USER_ID} characters`,
      `up to ${MAX_PROPERTIES} properties of ${MAX_PROPERTY_LENGTH} characters`,
    ])
      expect(readme).toContain(text);
    // In words there.
    expect([FLOOD_LIMIT, MAX_DIFFERENT]).toEqual([100, 1_000]);
    expect(readme).toContain('reported a hundred times one by one');
    expect(readme).toContain('told apart up to a thousand a page');
  });

  it('says of the fault matrix what its table says', () => {
    const [, shown, thrown, cells] =
      /: ([\d,]+) of ([\d,]+) errors were shown, none twice, in all (\d+) cells of the matrix/.exec(readme) ??
      [];
    // A cell that has not run would be named before the full stop.
    expect(read('docs/faults.md')).toContain(
      `Of ${thrown} errors in ${cells} cells, ${shown} were shown, 0 of them twice; ${cells} cells are whole. `,
    );
  });

  // Each file has a limit, which `npm test` holds; what the README says is the limit, rounded.
  it('has the sizes that the files keep to', () => {
    const { 'size-limit': limits } = JSON.parse(read('package.json')) as {
      'size-limit': { path: string; limit: string }[];
    };
    const said: Readonly<Record<string, RegExp>> = {
      'dist/crashpost.min.js': /runs in the page \(([\d.]+) kB gzip/,
      'dist/crashpost.extra.min.js': /([\d.]+) kB more when idle/,
      'dist/crashpost.device.min.js': /([\d.]+) kB once a day/,
      'dist/crashpost.worker.min.js': /dedicated or shared \(([\d.]+) kB gzip\)/,
      'dist/crashpost.stub.min.js': /`dist\/crashpost\.stub\.min\.js` \(([\d.]+) kB gzip\)/,
    };
    const built = [...read('rollup.config.mjs').matchAll(/script\('[\w/-]+', '(crashpost[\w.]*)'/g)];
    expect(limits.map(({ path }) => path).sort()).toEqual(
      built.map(([, name]) => `dist/${name}.min.js`).sort(),
    );
    for (const { path, limit } of limits) {
      const [, size = ''] = said[path]?.exec(readme) ?? [];
      const digits = size.split('.')[1]?.length ?? 0;
      expect([path, `${size} kB`]).toEqual([path, `${Number.parseFloat(limit).toFixed(digits)} kB`]);
    }
  });
});
