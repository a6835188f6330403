// Addresses of native code. The system loads an image at another address on every launch (ASLR), so an absolute
// address says nothing: only its distance from the start of its image does.
import { asObjects, field, type Json, textField } from './json.js';
import type { Place } from './kept.js';

interface Image {
  readonly name: string;
  readonly start: bigint;
  readonly end: bigint;
  readonly system: boolean;
}

/** Real logs have up to 386 (Xamarin in a simulator). */
const MAX_IMAGES = 1000;

/** Apple's own libraries, on a device, a Mac, and in a simulator (whose run time lies inside Xcode). */
const SYSTEM_PATH =
  /^\/(?:System|usr|Library\/Apple)\/|\/Xcode[^/]*\.app\/|\.simruntime\/|\.platform\/Developer\//;
/** Language run times travel inside the app's bundle. */
const RUN_TIME = /^lib(?:swift\w*|mono[\w.-]*)\.dylib$/;
const CODE = /^(\S.*?) \+ (\d+)$/;

export type Images = readonly Image[];

export function toImages(log: Json): Images {
  return asObjects(field(log, 'binaries'), MAX_IMAGES).flatMap((binary) => {
    const start = toAddress(textField(binary, 'startAddress'));
    const end = toAddress(textField(binary, 'endAddress'));
    if (start === undefined || end === undefined) return [];
    const path = textField(binary, 'path', 2048).replace(/\0+$/, '');
    const name = textField(binary, 'name', 256) || path.slice(path.lastIndexOf('/') + 1);
    return [{ name, start, end, system: SYSTEM_PATH.test(path) || RUN_TIME.test(name) }];
  });
}

/**
 * Where a frame's `address` and `code` lie; absent when the frame has neither.
 * `code` is `0xBASE + offset` or `symbol + offset`, both decimal (MSACErrorLogFormatter.m).
 */
export function toPlace(frame: { address: string; code: string }, images: Images) {
  const address = toAddress(frame.address);
  if (address === undefined && frame.code === '') return undefined;
  const [, base = '', distance = ''] = CODE.exec(frame.code) ?? [];
  const baseAddress = toAddress(base);
  const symbol = baseAddress === undefined ? base : '';
  // A jump into nothing has the base 0; its offset is then no more than the address.
  const known = baseAddress ? `0x${Number(distance).toString(16)}` : '';
  const image =
    address === undefined ? undefined : images.find((i) => address >= i.start && address <= i.end);
  const offset = image && address !== undefined ? `0x${(address - image.start).toString(16)}` : known;
  const place: Place = {
    name: image?.name ?? '',
    offset: symbol ? '' : offset,
    system: image?.system ?? true,
  };
  return { place, symbol };
}

/** Throws nothing: what is no hexadecimal number of 64 bits is no address. */
function toAddress(text: string): bigint | undefined {
  return /^0x[0-9a-f]{1,16}$/i.test(text) ? BigInt(text) : undefined;
}
