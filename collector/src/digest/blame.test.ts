import { describe, expect, it } from 'vitest';
import { areOfScripts, blamedFrame, isOwn } from './blame.js';
import type { KeptException, KeptFrame } from './kept.js';

const frame = (of: Partial<KeptFrame>): KeptFrame => ({
  className: '',
  methodName: 'f',
  fileName: '',
  address: '',
  ...of,
});
const exception = (...frames: KeptFrame[]): KeptException => ({
  type: 'E',
  message: '',
  stackTrace: '',
  frames,
});

describe('isOwn', () => {
  it.each([
    { fileName: 'https://shop.example/app.js' },
    { fileName: 'file:///android_asset/www/app.js' },
    { fileName: 'webpack-internal:///./src/cart.js' },
    { className: 'com.example.shop.Cart', fileName: 'Unknown Source' },
    { className: 'SystemInfo.Reader' },
    { address: '0x1', place: { name: 'App', offset: '0x1', system: false } },
  ])('%j', (of) => expect(isOwn(frame(of))).toBe(true));

  it.each([
    { fileName: '' },
    { fileName: '[native code]' },
    { fileName: '<anonymous>' },
    { fileName: 'native' },
    { fileName: 'self-hosted' },
    { fileName: 'chrome-extension://abc/content.js' },
    { fileName: 'moz-extension://abc/content.js' },
    { fileName: 'safari-web-extension://abc/content.js' },
    { fileName: 'webkit-masked-url://hidden/' },
    { fileName: 'node:internal/process/task_queues' },
    { fileName: 'https://shop.example/node_modules/.vite/deps/react.js' },
    { fileName: 'webpack-internal:///./node_modules/lodash/lodash.js' },
    { className: 'java.util.ArrayList', fileName: 'ArrayList.java' },
    { className: 'androidx.fragment.app.Fragment' },
    { className: 'System.Threading.Tasks.Task`1' },
    { className: 'com.example.Jni', line: -2 },
    { address: '0x1', place: { name: 'libobjc.A.dylib', offset: '0x1', system: true } },
  ])('not %j', (of) => expect(isOwn(frame(of))).toBe(false));
});

describe('a frame without a file', () => {
  const native = frame({ className: 'JSON', methodName: 'parse' });
  const script = frame({ fileName: 'https://shop.example/app.js' });
  it('is the engine’s among frames of scripts', () => {
    expect(isOwn(native, areOfScripts([native, script]))).toBe(false);
    expect(blamedFrame([exception(native, script)])).toBe(script);
  });
  it('may be stripped among Java’s', () => {
    const java = frame({ className: 'android.app.ActivityThread', fileName: 'ActivityThread.java' });
    expect(blamedFrame([exception(java, native)])).toBe(native);
  });
});

describe('blamedFrame', () => {
  const platform = frame({ className: 'android.app.ActivityThread' });
  const own = frame({ className: 'com.example.Cart' });

  it('is the innermost frame of the app itself', () =>
    expect(blamedFrame([exception(platform, own, frame({ className: 'com.example.Main' }))])).toBe(own));

  it('is looked for in the causes when the exception has only the platform in it', () =>
    expect(blamedFrame([exception(platform), exception(platform, own)])).toBe(own));

  it('is the first frame when nothing is the app’s', () =>
    expect(blamedFrame([exception(), exception(platform, frame({}))])).toBe(platform));

  it('is absent without frames', () => expect(blamedFrame([exception(), exception()])).toBeUndefined());
});

describe('the work of blaming', () => {
  /** How many file names are looked at, and how often; a real one is looked at a handful of times. */
  function looksOf(count: number): number {
    let looks = 0;
    const frames = Array.from({ length: count }, (_, i) => ({
      ...frame({}),
      get fileName() {
        looks++;
        return i < count / 2 ? '' : '/node_modules/';
      },
    }));
    blamedFrame([exception(...frames)]);
    return looks;
  }

  it('grows with the frames, not with their square', () => {
    expect(looksOf(100)).toBeGreaterThan(100);
    expect(looksOf(2000) / looksOf(1000)).toBeLessThan(2.5);
  });

  it('does not look for a scheme through a whole file name', () => {
    expect(areOfScripts([frame({ fileName: 'webpack-internal:///./a.js' })])).toBe(true);
    expect(areOfScripts([frame({ fileName: `${'a'.repeat(100)}://a.js` })])).toBe(false);
    expect(isOwn(frame({ fileName: `${'a'.repeat(100)}-extension:` }))).toBe(true);
  });
});
