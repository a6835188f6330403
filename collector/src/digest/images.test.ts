import { describe, expect, it } from 'vitest';
import { toImages, toPlace } from './images.js';

const binary = (name: string, path: string, [startAddress, endAddress]: [string, string]) => {
  return { name, path, startAddress, endAddress };
};
const images = toImages({
  binaries: [
    binary('Shop', '/private/var/containers/Bundle/Application/X/Shop.app/Shop', ['0x1000', '0x1fff']),
    binary('UIKit', '/System/Library/Frameworks/UIKit.framework/UIKit', ['0x2000', '0x2fff']),
    binary('libswiftCore.dylib', '/private/var/Shop.app/Frameworks/libswiftCore.dylib', ['0x3000', '0x3fff']),
    binary('', '/private/var/Shop.app/Frameworks/Named.framework/Named', ['0x4000', '0x4fff']),
    binary('broken', '/x', ['here', '0xffff']),
  ],
});
const at = (address: string, code = '') => toPlace({ address, code }, images);

describe('toPlace', () => {
  it.each([
    ['0x0000000000001010', { name: 'Shop', offset: '0x10', system: false }],
    ['0x2FFF', { name: 'UIKit', offset: '0xfff', system: true }],
    ['0x3000', { name: 'libswiftCore.dylib', offset: '0x0', system: true }],
    ['0x4001', { name: 'Named', offset: '0x1', system: false }],
    ['0x5000', { name: '', offset: '', system: true }],
  ])('finds the image of %s', (address, place) => expect(at(address)).toEqual({ place, symbol: '' }));

  it('takes the distance from the code where no image is listed', () => {
    const place = { name: '', offset: '0x100', system: true };
    expect(at('0x9100', '0x9000 + 256')).toEqual({ place, symbol: '' });
    expect(at('', '0x9000 + 256')).toEqual({ place, symbol: '' });
  });

  it('knows no distance from nowhere: a jump into nothing', () =>
    expect(at('0x9100', '0x0 + 37120')?.place.offset).toBe(''));

  it('prefers a symbol, which the next release has too, to a distance', () =>
    expect(at('0x2010', '__pthread_kill + 10')).toEqual({
      place: { name: 'UIKit', offset: '', system: true },
      symbol: '__pthread_kill',
    }));

  it('is absent without an address', () => {
    expect(at('')).toBeUndefined();
    expect(at('nonsense')).toBeUndefined();
  });
});
