import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAX_FAULTS } from './checks.js';
import { DEFINITIONS, swaggerValidator } from './swagger.fixture.js';
import { faultsOfBody, faultsOfLog, faultText } from './validate.js';

const device = {
  sdkName: 'appcenter.custom',
  sdkVersion: '1.0.0',
  osName: 'Windows',
  osVersion: '11',
  locale: 'en-US',
  timeZoneOffset: 60,
  appVersion: '1.0',
  appBuild: '1',
};
const handled = { type: 'handledError', device, exception: { type: 'Error' } };
const managed = {
  ...handled,
  type: 'managedError',
  id: 'BCA65F46-46EE-451B-83BB-2E358C3F45BF',
  processId: 0,
  processName: 'shop',
  fatal: true,
};
const texts = (body: unknown) => faultsOfBody(body).map(faultText);

describe('a body', () => {
  it('has no fault when it has what the swagger asks for', () => {
    expect(texts({ logs: [managed, handled] })).toEqual([]);
  });

  it('has every fault named by its path', () => {
    expect(texts({ logs: [{ ...managed, exception: {} }] })).toEqual([
      'logs[0].exception.type: required string',
    ]);
    expect(texts({ logs: [handled, { ...managed, processId: '123', fatal: undefined }] })).toEqual([
      'logs[1].processId: must be integer',
      'logs[1].fatal: required boolean',
    ]);
    expect(texts({ logs: [{ ...handled, device: { ...device, timeZoneOffset: 900 } }] })).toEqual([
      'logs[0].device.timeZoneOffset: must be integer from -840 to 840',
    ]);
    expect(
      texts({ logs: [{ ...handled, exception: { type: 'E', frames: [{ lineNumber: 1.5 }] } }] }),
    ).toEqual(['logs[0].exception.frames[0].lineNumber: must be integer']);
    expect(texts({ logs: [{ ...handled, properties: { a: 1 } }] })).toEqual([
      'logs[0].properties.a: must be string',
    ]);
  });

  it('is told what it is when it is no body', () => {
    expect(texts(null)).toEqual(['must be object']);
    expect(texts([])).toEqual(['must be object']);
    expect(texts({})).toEqual(['logs: required array']);
    expect(texts({ logs: [] })).toEqual(['logs: must have at least 1 item']);
    expect(texts({ logs: [7, {}] })).toEqual(['logs[0]: must be object', 'logs[1].type: required string']);
  });

  it('may have fields and types nobody knows', () => {
    expect(faultsOfLog({ type: 'somethingNew' })).toEqual([]);
    expect(faultsOfLog({ type: 'constructor' })).toEqual([]);
    expect(faultsOfLog({ ...handled, isTestMessage: false })).toEqual([]);
  });

  it('cannot make the list of faults, or the work, endless', () => {
    expect(faultsOfBody({ logs: Array.from({ length: 10_000 }, () => 1) })).toHaveLength(MAX_FAULTS);
    let deep: object = { type: 'Error' };
    for (let i = 0; i < 50_000; i++) deep = { type: 'Error', innerExceptions: [deep] };
    const [fault] = faultsOfLog({ ...handled, exception: deep });
    expect(fault?.message).toBe('nested deeper than 40');
  });
});

/** Real bodies, and what App Center's own swagger says of them: our checks must say the same. */
const corpus = new URL('../../../shared/corpus/appcenter/', import.meta.url);
describe.skipIf(!existsSync(corpus))('real bodies (skipped without ../shared/corpus)', () => {
  const folders = ['derived-appleError', 'docs-json', 'exponea'];
  // Vitest runs this body where it skips the tests, too.
  const files = folders
    .filter(() => existsSync(corpus))
    .flatMap((folder) => readdirSync(new URL(`${folder}/`, corpus)).map((file) => `${folder}/${file}`));
  const logs = files.flatMap((file) => {
    let body: { logs?: unknown; type?: string } & Record<string, unknown>;
    try {
      body = JSON.parse(readFileSync(new URL(file, corpus), 'utf8'));
    } catch {
      // Three of the document's bodies are no JSON as printed; the collector's lenient parser is tested with them.
      return [];
    }
    const found = body.logs ?? body['logs:'] ?? (body.type ? [body] : []);
    return (found as Record<string, unknown>[])
      .filter(({ type }) => String(type) in DEFINITIONS)
      .map((log, i) => ({ name: `${file}[${i}]`, log, type: String(log.type) }));
  });

  it('are enough of them', () => expect(logs.length).toBeGreaterThan(50));

  it.each(logs)('$name is judged as the swagger judges it', ({ log, type }) => {
    const validate = swaggerValidator(DEFINITIONS[type] ?? '');
    const holds = validate(log);
    expect({ faults: faultsOfLog(log).length > 0, errors: validate.errors }).toMatchObject({
      faults: !holds,
    });
  });
});
