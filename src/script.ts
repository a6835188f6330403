// The script-tag entry: sets the global `crashpost`, and starts by itself where the tag says how.
import type { Options, Reporter } from './api.js';
import { SDK_VERSION } from './log/version.js';
import type { Stub } from './platform/platform.js';
import { createReporter } from './reporter.js';

declare global {
  var crashpost: Reporter & { readonly version: string };
}

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
  const options = script?.dataset;
  if (options?.appSecret || options?.logUrl) reporter.start(options as unknown as Options);
  const call = ([name, args]: Stub['calls'][number]) =>
    (reporter[name as keyof Reporter] as (...args: unknown[]) => unknown)(...args);
  found?.calls?.splice(0).forEach(call);
  // Who has kept a function of the stub goes on calling it.
  if (found?.calls) found.calls.push = (made) => +!call(made);
}
