// The npm entry: the public names, nothing else.
import type { Reporter } from './api.js';
import { withClaims, withName } from './capture/claim.js';
import { createReporter } from './reporter.js';

const reporter: Reporter = createReporter(
  { device: () => import('./log/parse-device.js'), extra: () => import('./extra.js') },
  (platform) => withClaims(withName(platform)),
);

export const {
  start,
  trackError,
  setConsent,
  stop,
  setUserId,
  addBreadcrumb,
  generateTestCrash,
  lastSessionCrashReport,
  setListener,
  notifyUserConfirmation,
  setEnabled,
  getInstallId,
  setNetworkRequestsAllowed,
  setMaxStorageSize,
  setLogLevel,
  UserConfirmation,
  ErrorAttachmentLog,
}: Reporter = reporter;

// On a server nothing is known, and that is no.
export const hasCrashedInLastSession = async (): Promise<boolean> =>
  !!(await reporter.hasCrashedInLastSession());
export const hasReceivedMemoryWarningInLastSession = async (): Promise<boolean> =>
  !!(await reporter.hasReceivedMemoryWarningInLastSession());
export const isEnabled = async (): Promise<boolean> => !!(await reporter.isEnabled());

export type {
  BinaryData,
  Breadcrumbs,
  CrashesListener,
  ErrorAttachment,
  ErrorAttachmentLogs,
  ErrorReport,
  Options,
  OutgoingLog,
  Reporter,
} from './api.js';
export { SDK_VERSION as version } from './log/version.js';
