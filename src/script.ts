// The script-tag entry: sets the global `crashpost`, and starts by itself where the tag says how.
import type { Reporter } from './api.js';
import { SDK_VERSION } from './log/version.js';
import type { Stub } from './platform/platform.js';
import { createReporter } from './reporter.js';

declare global {
  var crashpost: Reporter & { readonly version: string };
}

/** Attributes are texts. */
const WORDS: Readonly<Record<string, boolean>> = { true: true, false: false };

const script = document.currentScript as HTMLScriptElement | null;
// Nothing, or what stub.ts made, or this very reporter: a second tag must not report everything a second time.
const found = globalThis.crashpost as (Partial<Stub> & { readonly version?: string }) | undefined;

if (!found?.version) {
  // The chunks lie beside this file, on whatever host that is. A bundle of one file has no chunks of its own.
  const load = (name: string) =>
    import(new URL(`crashpost.${name}.min.js`, script?.src || location.href).href);
  const reporter = createReporter({ device: () => load('device'), extra: () => load('extra') });
  globalThis.crashpost = Object.assign(found ?? {}, reporter, { version: SDK_VERSION });
  // <script src="…" data-app-secret="…" data-log-url="…" data-app-version="…">. One of the two may be mistyped, and then
  // `start` says so; attributes of others (data-turbo-track, data-cfasync) are none of ours.
  const said = script?.dataset;
  if (said?.appSecret || said?.logUrl) {
    const options = Object.entries(said).map(([name, text = '']) => [name, WORDS[text] ?? text]);
    reporter.start({ ...Object.fromEntries(options), byTag: true });
  }
  const call = ([name, args, answer]: Stub['calls'][number]) => {
    const given = (reporter[name as keyof Reporter] as (...args: unknown[]) => unknown)(...args);
    answer?.(given);
    return 0;
  };
  const calls = found?.calls?.splice(0) ?? [];
  // Before `start` brings up what was thrown early: it is to be held.
  calls.sort(([a], [b]) => Number(b === 'setListener') - Number(a === 'setListener'));
  for (const made of calls) call(made);
  // Who has kept a function of the stub goes on calling it.
  if (found?.calls) found.calls.push = call;
}
