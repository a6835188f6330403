// Frames of a stack that came as text alone, as React Native's, Xamarin's and Unity's SDKs send it. Each line is looked
// at once and only as far as `MAX_LINE`: the text is a stranger's.
import type { KeptFrame } from './kept.js';

/** Lines looked at, and of each the first characters. */
const MAX_LINES = 400;
const MAX_LINE = 1024;

/** Frames taken. */
const MAX_FRAMES = 200;

/** The frames of the text, innermost first; empty when no line of it is one. */
export function framesOfText(stack: string): KeptFrame[] {
  const lines = stack.slice(0, MAX_LINES * MAX_LINE).split('\n', MAX_LINES);
  return lines.flatMap((line) => frameOf(line.slice(0, MAX_LINE).trim()) ?? []).slice(0, MAX_FRAMES);
}

function frameOf(line: string): KeptFrame | undefined {
  if (line.startsWith('at ')) return ofAt(line.slice(3));
  // JavaScriptCore, Hermes on iOS: `name@file:1:2`, `file:1:2`, `name@[native code]`. What has no position is prose.
  const at = line.indexOf('@');
  const [name, place] = at < 0 ? ['', line] : [line.slice(0, at), line.slice(at + 1)];
  if (place === '[native code]') return toFrame(name, { fileName: place });
  const position = positionOf(place);
  return position?.column === undefined || /\s/.test(place) ? undefined : toFrame(name, position);
}

/** What stands after `at `: V8's and Hermes's lines, Java's, .NET's and Mono's. */
function ofAt(text: string): KeptFrame | undefined {
  const dotNet = text.indexOf(') in ');
  const mono = /\) \[0x[0-9a-f]{1,16}\]/i.exec(text)?.index ?? -1;
  if (dotNet >= 0 || mono >= 0) {
    const name = beforeArguments(text);
    const place = text.slice(text.indexOf(' in ', Math.max(dotNet, mono)) + 4);
    // Mono writes `<hash>:0` where it knows no file.
    const known = place.startsWith('<') ? undefined : positionOf(place.replace(/:line (\d{1,9})$/, ':$1'));
    return toFrame(name, known ?? { fileName: '' });
  }
  const open = text.lastIndexOf('(');
  if (open < 0 || !text.endsWith(')')) {
    const position = positionOf(text);
    return position && toFrame('', position);
  }
  // Hermes writes `address at` before a place in bytecode.
  const inside = text.slice(open + 1, -1).replace(/^address at /, '');
  const position = positionOf(inside);
  if (position) return toFrame(text.slice(0, open).trim(), position);
  if (inside === 'Native Method') return toFrame(text.slice(0, open), { fileName: '', line: -2 });
  if (/^(?:Unknown Source|native|\[native code\]|<anonymous>)$/.test(inside)) {
    return toFrame(text.slice(0, open).trim(), { fileName: inside === 'Unknown Source' ? '' : inside });
  }
  // .NET without symbols: `Shop.Cart.Total(Int32 n)`.
  return toFrame(beforeArguments(text), { fileName: '' });
}

type Place = Pick<KeptFrame, 'fileName' | 'line' | 'column'>;

function beforeArguments(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf('('))).trim();
}

/** `file:1:2` and `file:1`. */
function positionOf(text: string): Place | undefined {
  const found = /:(\d{1,9})(?::(\d{1,9}))?\s*$/.exec(text);
  if (!found || found.index === 0) return undefined;
  const [, line, column] = found;
  const place = { fileName: text.slice(0, found.index), line: Number(line) };
  return column === undefined ? place : { ...place, column: Number(column) };
}

function toFrame(name: string, place: Place): KeptFrame | undefined {
  if (name === '' && place.fileName === '') return undefined;
  return { ...toNames(name), address: '', ...place };
}

/** `Shop.Cart.total` → class `Shop.Cart`, method `total`; constructors of .NET are `Cart..ctor`. */
function toNames(name: string): Pick<KeptFrame, 'className' | 'methodName'> {
  const dot = name.endsWith('ctor') ? name.search(/\.\.c?ctor$/) : name.lastIndexOf('.');
  // `async Cart.load` stays as the engine wrote it.
  if (dot <= 0 || /\s/.test(name.slice(0, dot))) return { className: '', methodName: name };
  return { className: name.slice(0, dot), methodName: name.slice(dot + 1) };
}
