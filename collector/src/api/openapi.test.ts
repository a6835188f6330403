import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { faultsOfLog } from '../wire.js';
import { toOpenApi } from './openapi.js';

const DOCUMENT = JSON.parse(JSON.stringify(toOpenApi('1.2.3', 10_000)));
const SCHEMAS: Record<string, { required?: string[]; properties?: Record<string, unknown> }> =
  DOCUMENT.components.schemas;

function validatorOf(name: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  (addFormats as unknown as { default(ajv: Ajv): void }).default(ajv);
  ajv.addFormat('int64', true);
  ajv.addSchema({ $id: 'doc', ...DOCUMENT });
  const validate = ajv.getSchema(`doc#/components/schemas/${name}`);
  if (!validate) throw new Error(`no schema ${name}`);
  return validate as ValidateFunction;
}

const CORPUS = new URL('../../../../shared/corpus/appcenter/', import.meta.url);

function logs(): Record<string, unknown>[] {
  return ['exponea', 'derived-appleError'].flatMap((folder) => {
    const url = new URL(`${folder}/`, CORPUS);
    const texts = readdirSync(url).map((name) => readFileSync(new URL(name, url), 'utf8'));
    return texts.flatMap((text) => (JSON.parse(text) as { logs: Record<string, unknown>[] }).logs);
  });
}

describe('the description', () => {
  it('names every log type, and refers to nothing that is not there', () => {
    const refs = [...JSON.stringify(DOCUMENT).matchAll(/"#\/components\/schemas\/([^"]+)"/g)];
    expect(refs.length).toBeGreaterThan(10);
    for (const [, name = ''] of refs) expect(SCHEMAS[name], name).toBeDefined();
    expect(Object.keys(SCHEMAS)).toEqual(
      expect.arrayContaining([
        'managedError',
        'handledError',
        'appleError',
        'errorAttachment',
        'event',
        'page',
      ]),
    );
    expect(DOCUMENT).toMatchObject({ openapi: '3.0.3', info: { version: '1.2.3' } });
  });

  it.each(Object.keys(SCHEMAS).filter((name) => !['LogContainer', 'Answer', 'Exception'].includes(name)))(
    'of %s requires what ingestion misses',
    (type) => {
      const missed = faultsOfLog({ type }).filter(({ message }) => message.startsWith('required'));
      const required = SCHEMAS[type]?.required ?? [];
      expect(['type', ...missed.map(({ path }) => path)].sort()).toEqual([...required].sort());
    },
  );

  it.skipIf(!existsSync(CORPUS))('says of real logs what ingestion says of them', () => {
    const verdicts = logs().map((log) => {
      const type = String(log.type);
      return [validatorOf(type)(log), faultsOfLog(log).length === 0];
    });
    expect(verdicts.length).toBeGreaterThan(45);
    expect(verdicts.filter(([schema, ours]) => schema !== ours)).toEqual([]);
    expect(verdicts.filter(([schema]) => schema).length).toBeGreaterThan(40);
  });
});
