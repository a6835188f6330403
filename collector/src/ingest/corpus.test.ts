import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFixture, post } from './ingest.fixture.js';
import { DEFAULT_LIMITS } from './limits.js';
import { parseBody } from './parse.js';

const CORPUS = new URL('../../../../shared/corpus/appcenter/', import.meta.url);
const DIAGNOSTICS = ['managedError', 'handledError', 'appleError', 'errorAttachment'];

function bodies(folder: string, ending: string): [string, string][] {
  const url = new URL(`${folder}/`, CORPUS);
  if (!existsSync(url)) return [];
  const names = readdirSync(url).filter((name) => name.endsWith(ending));
  return names.map((name) => [`${folder}/${name}`, readFileSync(new URL(name, url), 'utf8')]);
}

const ALL = [
  ...bodies('docs-json', '.asprinted.json'),
  ...bodies('exponea', '.json'),
  ...bodies('derived-appleError', '.json'),
];

describe.skipIf(!existsSync(CORPUS))('real bodies (../shared/corpus)', () => {
  it('are all here', () => expect(ALL.length).toBeGreaterThanOrEqual(60));

  it('are far from the most values that are taken, also fifty of them in one post', () => {
    const counts = ALL.map(([, text]) => text.match(/[{[,]/g)?.length ?? 0);
    expect(Math.max(...counts)).toBeGreaterThan(3000);
    expect(Math.max(...counts) * 50).toBeLessThan(DEFAULT_LIMITS.values);
  });

  it.each(ALL)('%s is answered 200 and each of its diagnostics logs is kept', async (_, text) => {
    const { ingest, kept } = createFixture();
    const { status, answer } = await post(ingest, text);
    expect([status, answer.status]).toEqual([200, 'Success']);
    const sent = parseBody(text).logs.map(({ json }) => JSON.parse(json) as { type: string; id?: string });
    const diagnostics = sent.filter(({ type }) => DIAGNOSTICS.includes(type));
    const logs = kept.flatMap((delivery) => delivery.logs);
    expect(logs.map(({ type }) => type)).toEqual(diagnostics.map(({ type }) => type));
    expect(answer.validDiagnosticsIds.length).toBe(diagnostics.length);
    diagnostics.forEach(({ id }, i) => {
      if (id) expect(answer.validDiagnosticsIds[i]).toBe(id);
    });
  });
});
