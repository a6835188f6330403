// How a report is named in a list: short texts for people, out of untrusted ones.
import { type Json, textField } from './json.js';
import type { KeptFrame } from './kept.js';

/** The first line of `text` that is not blank, at most `max` characters, the last of them `…` when it was cut. */
export function firstLine(text: string, max: number): string {
  const line = /\S[^\r\n]*/.exec(text.slice(0, max * 8))?.[0].trimEnd() ?? '';
  const characters = Array.from(line.slice(0, max * 2 + 2));
  const cut = characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : characters.join('');
  // SQLite's text ends at NUL, and half a surrogate pair is no UTF-8: what comes back must be what went in.
  return cut.replace(/\0|\p{Surrogate}/gu, '\uFFFD');
}

/** `Windows 11`; `Windows` where the browser would not tell which. */
export function osText(device: Json): string {
  const version = textField(device, 'osVersion', 200);
  return firstLine(`${textField(device, 'osName', 200)} ${version === 'unknown' ? '' : version}`.trim(), 60);
}

/** `Chrome 156`; `samsung Galaxy Nexus` where there is no browser; else what sent the report. */
export function clientText(device: Json): string {
  const browser = textField(device, 'browserName', 200);
  if (browser) {
    const major = /^\d+/.exec(textField(device, 'browserVersion', 200))?.[0] ?? '';
    return firstLine(`${browser} ${major}`.trim(), 60);
  }
  const model = textField(device, 'model', 200);
  const maker = textField(device, 'oemName', 200);
  const both = model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${maker} ${model}`;
  return firstLine(both.trim() || textField(device, 'sdkName', 200), 60);
}

/** What was called: `Cart.checkout`, `android.app.Activity.performResume`; empty when nobody knows. */
export function functionText(frame: KeptFrame): string {
  const { className, methodName } = frame;
  return className && methodName ? `${className}.${methodName}` : className || methodName;
}

/** Where it stands in the code: `cart.js:12:7`; in native code `CrashLibiOS + 0x7890`. */
export function placeText(frame: KeptFrame): string {
  if (frame.fileName === '' && frame.place) {
    const { name, offset } = frame.place;
    return [name || frame.address, name ? offset : ''].filter((part) => part !== '').join(' + ');
  }
  const path = frame.fileName.replace(/[?#].*$/s, '').replace(/[\\/]+$/, '');
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || frame.fileName;
  const position = [frame.line, frame.column].filter((n) => n !== undefined && n >= 0);
  return [file, ...position].filter((part) => part !== '').join(':');
}

/** A frame in one line: `Cart.checkout (cart.js:12:7)`. At most 200 characters. */
export function locationText(frame: KeptFrame): string {
  const { className, methodName } = frame;
  // Of a qualified class the last part tells it apart; the frames table has the whole.
  const short = className.slice(className.lastIndexOf('.') + 1);
  const called = firstLine(functionText({ ...frame, className: short, methodName }), 100);
  const place = firstLine(placeText(frame), 90);
  return called && place ? `${called} (${place})` : called || place;
}
