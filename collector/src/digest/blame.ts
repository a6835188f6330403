// Which frame is to blame: the innermost one that is the app's own, not the engine's, an extension's or a library's.
import type { KeptException, KeptFrame } from './kept.js';

/** What engines write where there is no file: V8, SpiderMonkey, JavaScriptCore, Hermes. */
const NO_FILE =
  /^(?:\[(?:native|wasm) code\]|\(?native(?: code)?\)?|<\w+>|anonymous|(?:debugger )?eval code|self-hosted|unknown|InternalBytecode\.js)$/i;

/** Extensions of every browser, and the browsers' own scripts. Safari masks extensions (webkit-masked-url). */
const FOREIGN_SCHEME =
  /^(?:[a-z-]{0,40}extension|extensions|chrome|resource|about|node|webkit-masked-url|user-script):/i;

const LIBRARY = /(?:^|[\\/])node_modules[\\/]/;

/** Namespaces of Java's, Android's, Kotlin's and .NET's platforms. */
const PLATFORM =
  /^(?:javax?|jdk|sun|com\.sun|android|androidx|com\.android|com\.google\.android|kotlinx?|dalvik|libcore|System|Microsoft|Mono|Xamarin|Windows|MS|Internal|UnityEngine)\./;

/** A script's frame names the file it was loaded from. Bounded: a hostile file name is one long scheme. */
const URL_FILE = /^[a-z][a-z0-9+.-]{0,40}:\/\//i;

/**
 * True when frames are of scripts. To be asked once for an exception: asked again for each of its frames it took 12 s
 * for a log of 5 MB (measured), which is 20 kB of gzip.
 */
export function areOfScripts(frames: readonly KeptFrame[]): boolean {
  return frames.some(({ fileName }) => URL_FILE.test(fileName));
}

/**
 * True when the frame is the app's own code, as far as its file and class tell. Among frames of scripts one without a
 * file is the engine's own (`Array.map`, `JSON.parse`); among Java's it may only be stripped.
 */
export function isOwn(frame: KeptFrame, amongScripts = false): boolean {
  if (frame.fileName === '' && amongScripts) return false;
  if (frame.line === -2 || LIBRARY.test(frame.fileName) || FOREIGN_SCHEME.test(frame.fileName)) return false;
  if (frame.className !== '') return !PLATFORM.test(`${frame.className}.`);
  if (frame.fileName !== '') return !NO_FILE.test(frame.fileName);
  return frame.place !== undefined && !frame.place.system;
}

/**
 * The frame to blame for an exception and its causes; absent when none of them has a frame. Causes are asked too:
 * Android wraps an app's exception in one whose frames are all Android's.
 */
export function blamedFrame(exceptions: readonly KeptException[]): KeptFrame | undefined {
  for (const { frames } of exceptions) {
    const ofScripts = areOfScripts(frames);
    const own = frames.find((frame) => isOwn(frame, ofScripts));
    if (own) return own;
  }
  return exceptions.find(({ frames }) => frames.length > 0)?.frames[0];
}
