import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from './calls.js';
import { createPack, crossed, weightOf } from './pack.js';
import type { Head, Packed } from './posted.js';
import { deliveryOf, INSTALL, logOf, NOON } from './stores.fixture.js';

const postOf = (texts: readonly string[]): Call => ({
  method: 'keepPost',
  args: [deliveryOf(texts.map((json, n) => logOf(n, { json })))],
});

/** The texts of a group's posts, as the other thread has them. */
function across(calls: readonly Call[]): string[][] {
  const pack = createPack();
  // As postMessage does: what is handed over is another's, and gone here.
  const sent = structuredClone(
    { calls: calls.map(pack.add), memory: pack.memory },
    { transfer: [...pack.memory] },
  );
  return crossed(sent.calls, sent.memory).map(({ args }) => {
    const { heads, bodies, logs } = args[0] as Packed;
    let at = 0;
    const texts = (JSON.parse(heads) as Head[]).map(({ bytes }) => {
      at += bytes;
      return Buffer.from(bodies.subarray(at - bytes, at)).toString();
    });
    expect([at, logs]).toEqual([bodies.length, texts.length]);
    return texts;
  });
}

describe('a group of posts', () => {
  it('arrives with every text as it was, be it in one piece of memory or in many', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constant('x'.repeat(40_000)));
    const posts = fc.array(fc.array(text, { maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(posts, (all) => {
        expect(across(all.map(postOf))).toEqual(all);
      }),
      { numRuns: 200 },
    );
  });

  it('has a post larger than a piece of memory beside small ones', () => {
    const all = [['a'], ['é'.repeat(100_000), ''], ['b'], []];
    expect(across(all.map(postOf))).toEqual(all);
  });

  it('carries what is known of each log, and other calls as they are', () => {
    const pack = createPack();
    const ping: Call = { method: 'ping', args: [] };
    expect(pack.add(ping)).toBe(ping);
    const log = logOf(1, { json: '{}', errorId: 'e', isDump: true, sid: 's', appVersion: '1' });
    const call = pack.add({ method: 'keepPost', args: [deliveryOf([log])] });
    const [
      {
        args: [post],
      },
    ] = crossed([call], pack.memory) as unknown as [{ args: [Packed] }];
    expect(post).toMatchObject({ appId: 1, installId: INSTALL, receivedAt: NOON + 1000, logs: 1 });
    expect(JSON.parse(post.heads)).toEqual([{ ...log, json: undefined, bytes: 2 }]);
    expect([weightOf(ping), weightOf(postOf(['12', '345']))]).toEqual([0, 5]);
  });
});
