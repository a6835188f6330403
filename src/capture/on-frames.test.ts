import { expect, it } from 'vitest';
import { fakePlatform } from '../platform/platform.fixture.js';
import type { Realm } from '../platform/platform.js';
import { markRealm } from './mark.js';
import { onFrames } from './on-frames.js';

type FakeFrame = EventTarget & { document: object; Object: object; length: number };

const frameOf = (...children: object[]): FakeFrame =>
  Object.assign(new EventTarget(), { document: {}, Object: {} }, { ...children, length: children.length });

const foreign = {
  get document(): never {
    throw new DOMException('of another origin', 'SecurityError');
  },
};

function setUp(top: FakeFrame) {
  let onMutation = (): void => undefined;
  class MutationObserver {
    constructor(listener: () => void) {
      onMutation = listener;
    }
    observe() {}
    disconnect() {}
  }
  const platform = fakePlatform({ realm: Object.assign(top, { MutationObserver }) as unknown as Realm });
  const heard: EventTarget[] = [];
  const entered: unknown[] = [];
  const left: unknown[] = [];
  const stop = onFrames(
    platform,
    ({ on }) => on('error', ({ currentTarget }) => currentTarget && heard.push(currentTarget)),
    (frame) => {
      entered.push(frame);
      return [() => left.push(frame)];
    },
  );
  return { platform, heard, entered, left, stop, mutate: () => onMutation() };
}

const fail = (frame: EventTarget) => frame.dispatchEvent(new Event('error'));

it('listens once in every frame it may look into, and not in the page itself', () => {
  const nested = frameOf();
  const frame = frameOf(foreign, nested);
  const top = frameOf(foreign, frame);
  const { heard, entered, mutate } = setUp(top);
  mutate();
  for (const one of [top, frame, nested]) fail(one);
  expect(heard).toEqual([frame, nested]);
  expect(entered).toEqual([frame, nested]);
});

it('sees a frame that is added, and the page that follows in it', async () => {
  const top = frameOf();
  const { platform, heard, entered, mutate } = setUp(top);
  const frame = frameOf();
  Object.assign(top, { 0: frame, length: 1 });
  mutate();
  fail(frame);
  Object.assign(frame, { document: {}, Object: {} });
  frame.dispatchEvent(new Event('pagehide'));
  await platform.tick(0);
  fail(frame);
  expect(heard).toEqual([frame, frame]);
  expect(entered).toEqual([frame, frame]);
});

it('leaves a frame to its own reporter while that is there', () => {
  const frame = frameOf();
  const { heard } = setUp(frameOf(frame));
  const unmark = markRealm(frame as unknown as Realm);
  fail(frame);
  expect(heard).toEqual([]);
  unmark();
  fail(frame);
  expect(heard).toEqual([frame]);
});

it('hears nothing after stop, and leaves every frame as it was', () => {
  const nested = frameOf();
  const frame = frameOf(foreign, nested);
  const { heard, left, stop } = setUp(frameOf(foreign, frame));
  stop();
  fail(frame);
  expect(heard).toEqual([]);
  expect(left).toEqual([frame, nested]);
});

it('enters a window once that stays for the page that follows', async () => {
  const frame = frameOf();
  const { platform, entered, left, stop } = setUp(frameOf(frame));
  frame.document = {};
  frame.dispatchEvent(new Event('pagehide'));
  await platform.tick(0);
  expect(entered).toEqual([frame]);
  stop();
  expect(left).toEqual([frame]);
});
