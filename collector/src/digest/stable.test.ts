import { describe, expect, it } from 'vitest';
import { stableFile, stableMessage, stableMethod } from './stable.js';

describe('stableFile', () => {
  it.each([
    ['https://shop.example/assets/app-3f2a1b9c.js', 'assets/app-*.js'],
    ['https://shop.example/main.8d1fa03c77.chunk.js?x#y', 'main.*.chunk.js'],
    ['https://shop.example/static/js/787.3f2a1b9c.chunk.js', 'static/js/787.*.chunk.js'],
    ['https://shop.example/assets/index-BxY3kQ9z.js', 'assets/index-*.js'],
    ['https://shop.example/assets/index-B_x-3kQ9.js', 'assets/index-*.js'],
    ['https://shop.example/assets/index-DkYIabcd.js', 'assets/index-*.js'],
    ['https://shop.example/chunk-4ABCDEFG.js', 'chunk-*.js'],
    ['https://shop.example/application-0123456789abcdef0123456789abcdef.js', 'application-*.js'],
    ['https://cdn.example/lib@2.0.1/dist/lib.js', 'lib@*/dist/lib.js'],
    ['https://cdn.example/shop/v1.4.2/main.js', 'shop/*/main.js'],
    ['https://shop.example/orders/4711', 'orders/4711'],
    ['https://shop.example/orders/4711/edit', 'orders/*/edit'],
    ['webpack-internal:///./src/cart.js', 'src/cart.js'],
    ['file:///C:/Users/joe/app/main.js', 'Users/*/app/main.js'],
    ['C:\\Users\\ann\\app\\main.js', 'Users/*/app/main.js'],
    [
      'file:///var/containers/Bundle/Application/7E1AFE86-2887-451A-AE60-B7CCA1E08455/www/a.js',
      'var/containers/Bundle/Application/*/www/a.js',
    ],
    ['blob:https://shop.example/7e1afe86-2887-451a-ae60-b7cca1e08455', 'blob:'],
    ['data:text/javascript,throw 1', 'data:'],
    ['ActivityThread.java', 'ActivityThread.java'],
    ['', ''],
  ])('%s → %s', (from, to) => expect(stableFile(from)).toBe(to));

  it.each([
    'my-checkout.js',
    'service-MyWorker.js',
    'polyfills-es2015.js',
    'jquery.min.js',
    'facade.js',
    'user-settings.page.js',
    'long-key.js',
    'CartViewController.js',
  ])('leaves %s as it is', (name) => expect(stableFile(name)).toBe(name));
});

describe('stableMethod', () => {
  it.each([
    ['Cart.checkout', 'Cart.checkout'],
    ['Object.checkout', 'checkout'],
    ['e.checkout', 'checkout'],
    ['setTimeout handler*Cart.checkout', 'Cart.checkout'],
    ['async*checkout', 'checkout'],
    ['new Cart', 'Cart'],
    ['outer/inner', 'outer.inner'],
    ['lambda$onCreate$3', 'lambda$onCreate$*'],
    ['<DoStuff>b__0_1', '<DoStuff>b__*'],
    ['<init>', '<init>'],
    ['n', ''],
    ['a/<', ''],
  ])('%s → %j', (from, to) => expect(stableMethod(from)).toBe(to));
});

it('stableMessage is done in time with the worst a message can be', () => {
  for (const unit of ['"', "'", '`', 'a:', 'ab://', '0x', '1', ' ', 'a.']) {
    expect(typeof stableMessage(unit.repeat(100_000))).toBe('string');
  }
});
