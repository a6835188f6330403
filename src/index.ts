// The npm entry: the public names, nothing else.
import type { Reporter } from './api.js';
import { withClaims, withName } from './capture/claim.js';
import { createReporter } from './reporter.js';

const reporter: Reporter = createReporter(
  { device: () => import('./log/parse-device.js'), extra: () => import('./extra.js') },
  (platform) => withClaims(withName(platform)),
);

export const start: Reporter['start'] = reporter.start;
export const trackError: Reporter['trackError'] = reporter.trackError;
export const setConsent: Reporter['setConsent'] = reporter.setConsent;
export const stop: Reporter['stop'] = reporter.stop;

export type { Options, Reporter } from './api.js';
export { SDK_VERSION as version } from './log/version.js';
