// The npm entry: the public names, nothing else.
import { createReporter, type Reporter } from './reporter.js';

const reporter: Reporter = createReporter(() => import('./log/parse-device.js'));

export const start: Reporter['start'] = reporter.start;
export const trackError: Reporter['trackError'] = reporter.trackError;
export const stop: Reporter['stop'] = reporter.stop;

export { SDK_VERSION as version } from './log/version.js';
export type { Options } from './options.js';
