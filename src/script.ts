// The script-tag entry: sets the global `crashpost`, and starts by itself where the tag says how.

import { SDK_VERSION } from './log/version.js';
import type { Options } from './options.js';
import { createReporter, type Reporter } from './reporter.js';

const script = document.currentScript as HTMLScriptElement | null;

// The chunk lies beside this file, on whatever host that is. A bundle of one file has no chunks of its own.
const reporter: Reporter = createReporter(
  () => import(new URL('crashpost.device.min.js', script?.src || location.href).href),
);

declare global {
  var crashpost: Reporter & { readonly version: string };
}
globalThis.crashpost = { ...reporter, version: SDK_VERSION };

// <script src="…" data-app-secret="…" data-log-url="…" data-app-version="…">
if (script?.dataset.appSecret) reporter.start(script.dataset as unknown as Options);
