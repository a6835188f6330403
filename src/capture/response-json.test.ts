// Node has the same engine as Chromium, and a Response of its own.
import { expect, it } from 'vitest';
import { fakePlatform } from '../platform/platform.fixture.js';
import type { Platform, Realm } from '../platform/platform.js';
import { mendJson } from './response-json.js';

function setUp(overrides: Partial<Platform> = {}) {
  // Node's own cannot be replaced.
  class Body extends Response {}
  const value = function json(this: Response) {
    return Response.prototype.json.call(this);
  };
  Object.defineProperty(Body.prototype, 'json', { value, writable: true });
  const realm = { Response: Body, SyntaxError };
  const before = realm.Response.prototype.json;
  const stop = mendJson(fakePlatform(overrides), realm as unknown as Realm);
  return { Response: realm.Response, prototype: realm.Response.prototype, before, stop };
}

const reasonOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    (value) => Promise.reject(new Error(`it gave ${value}`)),
    (reason) => reason,
  );

it('rejects with a SyntaxError of the same words, on whose stack is who awaits', async () => {
  const { Response, before } = setUp();
  async function readCart() {
    return await new Response('<p>').json();
  }
  const reason = await reasonOf(readCart());
  const native = await reasonOf(Reflect.apply(before, new Response('<p>'), []));
  expect(reason).toBeInstanceOf(SyntaxError);
  expect(reason.message).toBe(native.message);
  expect(reason.stack).toContain('readCart');
  // What the report leaves out.
  expect(reason.stack?.split('\n')[1]).toContain('crashpostCallback');
});

it('gives what is JSON, and every other reason untouched', async () => {
  const { Response, prototype } = setUp();
  expect(await new Response('{"a":1}').json()).toEqual({ a: 1 });
  const read = new Response('{}');
  await read.text();
  expect(await reasonOf(read.json())).toBeInstanceOf(TypeError);
  expect(await reasonOf(prototype.json.call({} as Response))).toBeInstanceOf(TypeError);
  const lost = new Error('lost');
  const broken = new Response(new ReadableStream({ pull: (controller) => controller.error(lost) }));
  expect(await reasonOf(broken.json())).toBe(lost);
});

it('looks like the native one, and is it again after stop', () => {
  const { prototype, before, stop } = setUp();
  expect(prototype.json).not.toBe(before);
  expect([prototype.json.name, prototype.json.length]).toEqual([before.name, before.length]);
  stop();
  expect(prototype.json).toBe(before);
});

it('is left where the reporter would be muted itself, and where there is none', () => {
  const { prototype, before } = setUp({ muted: true });
  expect(prototype.json).toBe(before);
  expect(() => mendJson(fakePlatform(), { SyntaxError } as unknown as Realm)()).not.toThrow();
});
