import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Exception, MAX_INNER_EXCEPTIONS } from '../wire/index.js';
import { MAX_LOG, MAX_MESSAGE, MAX_STACK_TRACE, MAX_TYPE, toFittingJson } from './fit.js';

const bytesOf = (json: string): number => new TextEncoder().encode(json).length;

const frame = {
  className: 'Cart',
  methodName: 'total',
  fileName: 'https://shop.example/a.js',
  lineNumber: 1,
};

/** As large as `toException` lets it be. */
const large = (unit: string, inner: number): Exception => ({
  type: unit.repeat(MAX_TYPE / unit.length),
  message: unit.repeat(MAX_MESSAGE / unit.length),
  stackTrace: unit.repeat(MAX_STACK_TRACE / unit.length),
  frames: Array(100).fill({ ...frame, fileName: `https://shop.example/${'p'.repeat(40)}` }),
  ...(inner > 0 && { innerExceptions: [large(unit, inner - 1)] }),
});

const properties = Object.fromEntries(
  Array.from({ length: 20 }, (_, i) => [
    `${String(i).padStart(2, '0')}${'\u0001'.repeat(123)}`,
    '\u0001'.repeat(125),
  ]),
);

describe('a log as JSON', () => {
  it('is as it was where it fits', () => {
    const log = { id: '1', exception: large('x', 0), more: undefined };
    expect(toFittingJson(log)).toBe(JSON.stringify(log));
  });

  it('is cut with a mark where it does not fit, the exceptions inside before the outermost', () => {
    const log = { exception: large('x', MAX_INNER_EXCEPTIONS - 1) };
    const whole = JSON.stringify(log);
    const json = toFittingJson(log);
    expect(bytesOf(json)).toBeLessThanOrEqual(MAX_LOG);
    const { exception } = JSON.parse(json) as typeof log;
    const { innerExceptions, ...outermost } = exception;
    const { innerExceptions: _, ...before } = log.exception;
    expect(outermost).toEqual(before);
    expect(innerExceptions?.[0]?.message).toMatch(/^x{100,}… \[\d+ cut\]$/);
    const { frames = [] } = innerExceptions?.[0] ?? {};
    expect(frames.length).toBeGreaterThan(1);
    expect(frames.at(-1)).toEqual({ methodName: '… [frames cut]' });
    // The log that was given is not touched.
    expect(JSON.stringify(log)).toBe(whole);
  });

  it('counts what was cut twice as one', () => {
    const message = `${'m'.repeat(MAX_MESSAGE)}… [1000 cut]`;
    const log = { exception: { type: 'E', innerExceptions: Array(15).fill({ type: 'E', message }) } };
    const [, kept = '', lost] = /"(m+)… \[(\d+) cut\]"/.exec(toFittingJson(log)) ?? [];
    expect(kept.length + Number(lost)).toBe(MAX_MESSAGE + 1_000);
  });

  it.each(['\u0000', '\ud800', '€', '😀', 'ж', '"'])('fits, made of %j alone', (unit) => {
    const json = toFittingJson({ exception: large(unit, 15), properties });
    expect(bytesOf(json)).toBeLessThanOrEqual(MAX_LOG);
    expect(JSON.parse(json).exception.type).toBe(large(unit, 0).type);
    expect(JSON.parse(json).exception.message.slice(0, 32)).toBe(unit.repeat(32 / unit.length));
  });

  it('is not cut a byte before it has to be', () => {
    for (const unit of ['x', 'ж', '€', '😀']) {
      const empty = bytesOf(JSON.stringify({ exception: { type: 'E' }, pad: '' }));
      const size = bytesOf(unit);
      const pad = unit.repeat(Math.floor((MAX_LOG - empty - 50) / size));
      const log = { exception: { type: 'E' }, pad: '' };
      log.pad = pad + 'x'.repeat(MAX_LOG - empty - bytesOf(pad));
      expect(toFittingJson(log)).toBe(JSON.stringify(log));
    }
  });

  const text = (max: number) =>
    fc
      .tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }), fc.nat(max))
      .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length));
  const { tree } = fc.letrec<{ tree: Exception }>((tie) => ({
    tree: fc.record(
      {
        type: text(MAX_TYPE),
        message: text(MAX_MESSAGE),
        stackTrace: text(MAX_STACK_TRACE),
        frames: fc.nat(100).map((length) => Array(length).fill(frame)),
        innerExceptions: fc.array(tie('tree'), { maxLength: 3, depthIdentifier: 'tree' }),
      },
      { requiredKeys: ['type'] },
    ),
  }));

  const count = ({ innerExceptions = [] }: Exception): number =>
    innerExceptions.reduce((sum, one) => sum + count(one), 1);

  it('fits whatever the tree of exceptions, and keeps the outermost type and message', () => {
    fc.assert(
      fc.property(
        tree.filter((exception) => count(exception) <= MAX_INNER_EXCEPTIONS),
        (exception) => {
          const json = toFittingJson({ exception, properties });
          expect(bytesOf(json)).toBeLessThanOrEqual(MAX_LOG);
          const cut = (JSON.parse(json) as { exception: Exception }).exception;
          expect(cut.type).toBe(exception.type);
          const kept = cut.message?.replace(/… \[\d+ cut\]$/, '');
          expect(exception.message?.startsWith(kept ?? '') ?? kept === undefined).toBe(true);
          if (exception.message)
            expect(kept?.length).toBeGreaterThanOrEqual(Math.min(exception.message.length, 63));
          expect(count(cut)).toBe(count(exception));
        },
      ),
    );
  });
});

describe('on a page that taught JSON its own ways', () => {
  const log = {
    exception: { type: 'E', message: '\ud800', frames: [frame] },
    properties: { a: '1' },
    none: undefined,
  };
  const asItIs = JSON.stringify(log);
  const prototypes = [Array.prototype, Object.prototype] as { toJSON?: unknown }[];

  afterEach(() => {
    for (const prototype of prototypes) delete prototype.toJSON;
  });

  it.each([0, 1])('a log is the same (%i)', (which) => {
    const prototype = prototypes[which];
    if (prototype) Object.defineProperty(prototype, 'toJSON', { value: () => 'garbled', configurable: true });
    expect(JSON.stringify(log)).toContain('garbled');
    expect(toFittingJson(log)).toBe(asItIs);
  });
});
