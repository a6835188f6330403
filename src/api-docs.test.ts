// docs/api.md says what the comments say, and every public function and option has one.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { apiDocs } from './api-docs.fixture.js';
import { CHUNK_METHODS } from './crash-api.js';

const file = new URL('../docs/api.md', import.meta.url);

it('docs/api.md is written from the comments', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(file, apiDocs());
  expect(readFileSync(file, 'utf8')).toBe(apiDocs());
});

it('has every function that a page can call, and every option', () => {
  const docs = apiDocs();
  const index = readFileSync(new URL('./index.ts', import.meta.url), 'utf8');
  const exported = [...(/export const \{([\s\S]*?)\}/.exec(index)?.[1] ?? '').matchAll(/\w+/g)].map(
    ([name]) => name,
  );
  expect(exported.length).toBeGreaterThan(15);
  const options = /interface Options \{\n([\s\S]*?)\n\}/.exec(
    readFileSync(new URL('./api.ts', import.meta.url), 'utf8'),
  )?.[1];
  const names = [...(options ?? '').matchAll(/^ {2}(\w+)\??:/gm)].map(([, name = '']) => name);
  for (const name of [...exported, ...names, ...CHUNK_METHODS]) {
    const [, text = ''] = docs.split(`### \`${name}\`\n`);
    // Its signature, and a sentence on it.
    expect(text.split('\n### ')[0], name).toMatch(/```ts\n[\s\S]+?```\n\n\S.{15,}/);
  }
});
