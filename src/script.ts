// The script-tag entry: sets the global `crashpost`, and starts by itself where the tag says how.
import type { Options, Reporter } from './api.js';
import { SDK_VERSION } from './log/version.js';
import { createReporter } from './reporter.js';

declare global {
  var crashpost: Reporter & { readonly version: string };
}

const script = document.currentScript as HTMLScriptElement | null;

// A second tag must not report everything a second time.
if (!globalThis.crashpost?.start) {
  // The chunk lies beside this file, on whatever host that is. A bundle of one file has no chunks of its own.
  const reporter = createReporter(
    () => import(new URL('crashpost.device.min.js', script?.src || location.href).href),
  );
  globalThis.crashpost = { ...reporter, version: SDK_VERSION };
  // <script src="…" data-app-secret="…" data-log-url="…" data-app-version="…">. One of the two may be mistyped, and then
  // `start` says so; attributes of others (data-turbo-track, data-cfasync) are none of ours.
  const options = script?.dataset;
  if (options?.appSecret || options?.logUrl) reporter.start(options as unknown as Options);
}
