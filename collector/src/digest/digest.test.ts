import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../store/store.js';
import { toDigest } from './digest.js';

type Fields = Record<string, unknown>;

function reportOf(log: unknown, type = 'managedError'): Report {
  const json = typeof log === 'string' ? log : JSON.stringify(log);
  return { appId: 1, id: 'r', type, installId: 'i', timestamp: 0, receivedAt: 0, json };
}

function digest(exception: Fields, log: Fields = {}) {
  return toDigest(reportOf({ type: 'managedError', exception, ...log }));
}

const frame = (methodName: string | undefined, fileName: string, [lineNumber, columnNumber] = [12, 7]) => ({
  methodName,
  fileName,
  lineNumber,
  columnNumber,
});
const shop = 'https://shop.example/assets/';
const thrown = (...frames: Fields[]) => digest({ type: 'TypeError', message: 'x is not a function', frames });
const fingerprint = (...frames: Fields[]) => thrown(...frames).fingerprint;

describe('the fingerprint of frames', () => {
  const release1 = fingerprint(frame('Cart.checkout', `${shop}app-3f2a1b9c.js`));

  it.each([
    ['another hash, line and column', frame('Cart.checkout', `${shop}app-9c1d22ab.js`, [99, 1])],
    ['another origin', frame('Cart.checkout', 'https://staging.shop.example:8443/assets/app-3f2a1b9c.js')],
    ['a query and a fragment', frame('Cart.checkout', `${shop}app-3f2a1b9c.js?v=42#x`)],
    ['a method called asynchronously', frame('async Cart.checkout', `${shop}app-3f2a1b9c.js`)],
    ['the prototype spelled out', frame('Cart.prototype.checkout', `${shop}app-3f2a1b9c.js`)],
    ['an alias', frame('t.n [as Cart.checkout]', `${shop}app-3f2a1b9c.js`)],
    ['a closure inside it, as Firefox names it', frame('Cart.checkout/<', `${shop}app-3f2a1b9c.js`)],
  ])('is the same with %s', (_, other) => expect(fingerprint(other)).toBe(release1));

  it.each([
    ['method', frame('Cart.empty', `${shop}app-3f2a1b9c.js`)],
    ['class', frame('Order.checkout', `${shop}app-3f2a1b9c.js`)],
    ['file', frame('Cart.checkout', `${shop}vendor-3f2a1b9c.js`)],
    ['folder', frame('Cart.checkout', 'https://shop.example/admin/app-3f2a1b9c.js')],
  ])('differs with another %s', (_, other) => expect(fingerprint(other)).not.toBe(release1));

  it('differs with another type', () => {
    const frames = [frame('Cart.checkout', `${shop}app-3f2a1b9c.js`)];
    expect(digest({ type: 'RangeError', frames }).fingerprint).not.toBe(release1);
  });

  it.each([undefined, '', '<anonymous>', 'Object.<anonymous>', 't', 'e.n', 'ab', 'new t', 'eval code'])(
    'tells functions named %j apart by line and column',
    (name) => {
      const here = fingerprint(frame(name, `${shop}app.js`, [1, 100]));
      expect(fingerprint(frame(name, `${shop}app.js`, [1, 100]))).toBe(here);
      expect(fingerprint(frame(name, `${shop}app.js`, [1, 200]))).not.toBe(here);
      expect(fingerprint(frame(name, `${shop}app.js`, [2, 100]))).not.toBe(here);
    },
  );

  it('looks at the blamed frame only', () => {
    const own = frame('Cart.checkout', `${shop}app-3f2a1b9c.js`);
    const others = [frame('Array.map', '<anonymous>'), frame('each', `${shop}node_modules/lodash/lodash.js`)];
    expect(fingerprint(...others, own, frame('onClick', `${shop}ui.js`))).toBe(release1);
  });

  it('does not depend on the order or the content of unrelated fields', () => {
    const exception = { type: 'TypeError', frames: [frame('Cart.checkout', `${shop}app-3f2a1b9c.js`)] };
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (device, message) => {
        const log = { device, userId: message, exception: { message, ...exception }, type: 'handledError' };
        const turned = Object.fromEntries(Object.entries(log).reverse());
        expect(toDigest(reportOf(log)).fingerprint).toBe(release1);
        expect(toDigest(reportOf(turned)).fingerprint).toBe(release1);
      }),
    );
  });

  it('names its recipe', () => expect(release1).toMatch(/^v1:[0-9a-f]{64}$/));
});

describe('the fingerprint without frames', () => {
  const of = (message: string, type = 'Error') => digest({ type, message }).fingerprint;
  it.each([
    ['Order 17 failed', 'Order 4242 failed'],
    ["Failed to load 'a.png'", "Failed to load 'b.png'"],
    ['GET https://api.example/v1/u/7?q=1 failed', 'GET https://api.example/v2/other failed'],
    ['No user 0b3c0ea4-7a4c-4a0e-8f63-6f2d0c8f9b11', 'No user 9d2c0ea4-7a4c-4a0e-8f63-6f2d0c8f9b99'],
    ['Bad pointer 0xdeadbeef', 'Bad pointer 0x1234'],
  ])('is one for %j and %j', (a, b) => expect(of(a)).toBe(of(b)));

  it.each([
    ['Order 17 failed', 'Order 17 cancelled'],
    ['GET https://api.example/ failed', 'GET https://cdn.example/ failed'],
    ["Can't load", "Won't load"],
  ])('keeps %j and %j apart', (a, b) => expect(of(a)).not.toBe(of(b)));

  it('keeps types apart', () => expect(of('x', 'Error')).not.toBe(of('x', 'RangeError')));

  it('takes the message when the only frame says nothing', () => {
    const frames = [{ lineNumber: 3 }];
    const a = digest({ type: 'Error', message: 'a', frames });
    expect(a.fingerprint).not.toBe(digest({ type: 'Error', message: 'b', frames }).fingerprint);
  });
});

describe('what a list shows', () => {
  it('names no version the browser did not tell', () => {
    const device = { osName: 'Linux', osVersion: 'unknown' };
    expect(toDigest(reportOf({ type: 'handledError', device, exception: { type: 'E' } })).os).toBe('Linux');
  });

  it('names type, message, place, system, browser and version', () => {
    const device = {
      appVersion: '2.1.0',
      osName: 'Windows',
      osVersion: '11',
      browserName: 'Chrome',
      browserVersion: '156.0.7204.51',
    };
    const exception = {
      type: 'TypeError',
      message: 'x is not a function\n  more',
      frames: [frame('Cart.checkout', `${shop}cart.js?v=1`)],
    };
    expect(toDigest(reportOf({ type: 'managedError', fatal: true, device, exception }))).toMatchObject({
      appId: 1,
      reportId: 'r',
      exceptionType: 'TypeError',
      message: 'x is not a function',
      location: 'Cart.checkout (cart.js:12:7)',
      fatal: true,
      appVersion: '2.1.0',
      os: 'Windows 11',
      client: 'Chrome 156',
    });
  });

  it.each([
    [{ oemName: 'samsung', model: 'Galaxy Nexus', sdkName: 's' }, 'samsung Galaxy Nexus'],
    [{ oemName: 'Apple', model: 'Apple Watch' }, 'Apple Watch'],
    [{ sdkName: 'appcenter.custom' }, 'appcenter.custom'],
    [{}, ''],
  ])('names the client of %j %j', (device, client) =>
    expect(digest({ type: 'E' }, { device }).client).toBe(client),
  );

  it('bounds the message, and breaks no character in two', () => {
    const { message } = digest({ type: 'E', message: '\u{1F4A5}'.repeat(5000) });
    expect(Array.from(message)).toHaveLength(300);
    expect(message.endsWith('\u{1F4A5}…')).toBe(true);
  });

  it('has neither NUL nor half a surrogate pair, which SQLite would not give back', () => {
    expect(digest({ type: 'E\ud800', message: 'a\0b' })).toMatchObject({
      exceptionType: 'E�',
      message: 'a�b',
    });
  });

  it('takes a handled error as not fatal unless it says so', () => {
    expect(toDigest(reportOf({ type: 'handledError', exception: {} }, 'handledError')).fatal).toBe(false);
    expect(toDigest(reportOf({ type: 'managedError', exception: {} })).fatal).toBe(true);
    expect(toDigest(reportOf({ type: 'managedError', fatal: false })).fatal).toBe(false);
  });
});
