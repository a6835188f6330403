// The log types of App Center's ingestion API, from its swagger (Avalanche.Ingestion 1.0.0); `customProperties`
// from the last version that had it (2019-10). Names and requirements are the swagger's, not ours.
import { arrayOf, type Check, mapOf, object, required, type TypeOf } from './checks.js';
import { device } from './device.js';
import { binary, exception, thread } from './exception.js';
import { base64, boolean, dateTime, int64, integer, string, unknown, uuid } from './scalars.js';

const log = {
  type: required(string({ min: 1 })),
  timestamp: dateTime,
  sid: uuid,
  userId: string({ max: 256 }),
  device: required(device),
};

const logWithProperties = { ...log, properties: mapOf(string()) };

/** What happened before. An extension of crashpost. */
export const breadcrumb = object({
  /** Milliseconds since the epoch. */
  at: required(integer()),
  kind: required(string()),
  text: required(string()),
  /** Of a request; 0 where no answer came. */
  status: integer(),
  /** How long it took. Milliseconds. */
  ms: integer(),
  data: mapOf(string()),
});

export type Breadcrumb = TypeOf<typeof breadcrumb>;

const abstractErrorLog = {
  ...log,
  id: required(uuid),
  processId: required(integer()),
  processName: required(string()),
  parentProcessId: integer(),
  parentProcessName: string(),
  errorThreadId: int64,
  errorThreadName: string(),
  fatal: required(boolean),
  appLaunchTimestamp: dateTime,
  architecture: string(),
};

/** A crash on a managed platform, the web among them. `properties` is an extension, as Apple's SDK has it. */
export const managedError = object({
  ...abstractErrorLog,
  properties: mapOf(string()),
  binaries: arrayOf(binary),
  buildId: string(),
  exception: required(exception),
  threads: arrayOf(thread),
  breadcrumbs: arrayOf(breadcrumb),
});

/** An error the app caught and handed to `trackError`. */
export const handledError = object({
  ...logWithProperties,
  id: uuid,
  binaries: arrayOf(binary),
  exception: required(exception),
  breadcrumbs: arrayOf(breadcrumb),
});

export const appleError = object({
  ...abstractErrorLog,
  primaryArchitectureId: required(int64),
  architectureVariantId: int64,
  applicationPath: required(string()),
  osExceptionType: required(string()),
  osExceptionCode: required(string()),
  osExceptionAddress: required(string()),
  exceptionType: string(),
  exceptionReason: string(),
  selectorRegisterValue: string(),
  threads: arrayOf(thread),
  binaries: arrayOf(binary),
  registers: mapOf(string()),
  exception,
});

export const errorAttachment = object({
  ...log,
  id: required(uuid),
  /** The `id` of the error log it belongs to. */
  errorId: required(uuid),
  contentType: required(string()),
  fileName: string(),
  data: required(base64),
});

const typedProperty = object({
  type: required(string({ pattern: /^(string|long|double|boolean|dateTime)$/, as: 'type of property' })),
  name: required(string({ min: 1, max: 125 })),
  value: required(unknown),
});

const customProperty = object({
  type: required(string({ pattern: /^(string|number|boolean|dateTime|clear)$/, as: 'type of property' })),
  name: required(string({ max: 128, pattern: /^[a-zA-Z][a-zA-Z0-9\-_]*$/, as: 'name of property' })),
  value: unknown,
});

export const startService = object({ ...log, services: arrayOf(string(), { min: 1 }) });
export const startSession = object({ ...log, distributionGroupId: uuid });
export const distributionStartSession = object({ ...log, distributionGroupId: required(uuid) });
export const page = object({ ...logWithProperties, name: required(string()) });
export const event = object({
  ...logWithProperties,
  id: required(uuid),
  name: required(string({ max: 256 })),
  typedProperties: arrayOf(typedProperty, { max: 20 }),
});
export const pushInstallation = object({ ...log, pushToken: required(string()) });
export const customProperties = object({ ...log, properties: arrayOf(customProperty, { min: 1, max: 60 }) });

export type ManagedErrorLog = TypeOf<typeof managedError> & { type: 'managedError' };
export type HandledErrorLog = TypeOf<typeof handledError> & { type: 'handledError' };
export type AppleErrorLog = TypeOf<typeof appleError> & { type: 'appleError' };
export type ErrorAttachmentLog = TypeOf<typeof errorAttachment> & { type: 'errorAttachment' };
/** What the collector keeps as a report. */
export type ErrorLog = ManagedErrorLog | HandledErrorLog | AppleErrorLog;
/** What an answer gives a verdict on. */
export type DiagnosticsLog = ErrorLog | ErrorAttachmentLog;

/** Every log type, by its `type`. A Map: a log of type "constructor" must be an unknown type, not a function. */
export const LOG_TYPES: ReadonlyMap<string, Check<unknown>> = new Map<string, Check<unknown>>([
  ['managedError', managedError],
  ['handledError', handledError],
  ['appleError', appleError],
  ['errorAttachment', errorAttachment],
  ['startService', startService],
  ['startSession', startSession],
  ['distributionStartSession', distributionStartSession],
  ['page', page],
  ['event', event],
  ['pushInstallation', pushInstallation],
  ['customProperties', customProperties],
]);
