import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.js';

const tick = () => new Promise(setImmediate);

describe('turns', () => {
  it('go round the senders: one who is first with much does not hold up one who comes later', async () => {
    const turns = createTurns({ atOnce: 1, perSender: 5, senders: 5 });
    const order: string[] = [];
    const work = async (sender: string) => {
      const done = await turns.take(sender);
      order.push(sender);
      await tick();
      done?.();
    };
    await Promise.all([...Array.from({ length: 5 }, () => work('a')), work('b'), work('c')]);
    expect(order).toEqual(['a', 'a', 'b', 'c', 'a', 'a', 'a']);
  });

  it('are so many at once, and no more', async () => {
    const turns = createTurns({ atOnce: 2, perSender: 9, senders: 9 });
    const begun: (() => void)[] = [];
    for (let i = 0; i < 5; i++) turns.take(`s${i}`)?.then((done) => begun.push(done));
    await tick();
    expect(begun.length).toBe(2);
    begun[0]?.();
    await tick();
    expect(begun.length).toBe(3);
  });

  it('are refused to one who waits for many, and to the one sender too many, until others are done', async () => {
    const turns = createTurns({ atOnce: 1, perSender: 2, senders: 2 });
    const done = await turns.take('a');
    const second = turns.take('a');
    const other = turns.take('b');
    expect([turns.take('a'), turns.take('c')]).toEqual([undefined, undefined]);
    done?.();
    (await second)?.();
    (await other)?.();
    expect(await turns.take('c')).toEqual(expect.any(Function));
  });
});
