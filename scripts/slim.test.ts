import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { type Plugin, rollup } from 'rollup';
import { describe, expect, it } from 'vitest';
import { MINIFY, slim } from './slim.mjs';

const built = fileURLToPath(new URL('../build/src/exception/frames.js', import.meta.url));
const corpus = new URL('../../shared/corpus/stacks/stacks.json', import.meta.url);

type ToFrames = (stack: string, message?: string) => unknown[];

/** `toFrames`, bundled as the reporter is, with or without what `slim` leaves out. */
async function bundled(first: Plugin[], last: Plugin[] = []): Promise<ToFrames> {
  const bundle = await rollup({
    input: built,
    plugins: [...first, resolve({ browser: true }), commonjs(), ...last],
  });
  const { output } = await bundle.generate({ format: 'es' });
  const url = `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`;
  return (await import(/* @vite-ignore */ url)).toFrames;
}

const LINES = [
  'at f (https://a.example/(shop)/a b.js:1:2)',
  'at async https://a.example/a.js:1:2',
  'at g (eval at f (https://a.example/a.js:78:35), <anonymous>:1:24)',
  'at Array.map (<anonymous>)',
  'at new Foo.Bar [as baz] (native)',
  'at (eval code (eval code) (https://a/(eval :1:2)',
  'f@https://a.example/a.js line 78 > eval:1:24',
  'obj["@fn"]@Scratchpad/1:10:29',
  'eval@[native code]',
];

describe.skipIf(!existsSync(built))(
  'the slimmed error-stack-parser (needs build/: run "tsc -b" first)',
  () => {
    it('gives the same frames as the whole library', async () => {
      const [slimmed, whole] = await Promise.all([bundled([slim()], [terser(MINIFY)]), bundled([])]);
      const stacks: { stack?: string | null; message?: string | null }[] = existsSync(corpus)
        ? JSON.parse(readFileSync(corpus, 'utf8'))
        : [];
      let frames = 0;
      for (const { stack, message } of [...stacks, ...LINES.map((line) => ({ stack: line, message: '' }))]) {
        const expected = whole(stack ?? '', message ?? '');
        expect(slimmed(stack ?? '', message ?? '')).toEqual(expected);
        frames += expected.length;
      }
      expect(frames).toBeGreaterThanOrEqual(LINES.length);
    });

    it('fails the build when the library looks otherwise', async () => {
      const other: Plugin = {
        name: 'other-version',
        transform: (code, id) =>
          /error-stack-parser\.js$/.test(id) ? code.replace('parseOpera9:', 'parseOpera8:') : null,
      };
      await expect(bundled([other, slim()])).rejects.toThrow(/pieces to leave out/);
    });
  },
);
