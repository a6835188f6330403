// The wire: what reporter and collector agree on. Imports nothing, compiles with neither DOM nor Node.
export type { Fault, Schema } from './checks.js';
export type { Device } from './device.js';
export type { Binary, Exception, StackFrame, Thread } from './exception.js';
export { isObject } from './json.js';
export type {
  AppleErrorLog,
  Breadcrumb,
  DiagnosticsLog,
  ErrorAttachmentLog,
  ErrorLog,
  HandledErrorLog,
  ManagedErrorLog,
} from './logs.js';
export * from './protocol.js';
export { schemas } from './schemas.js';
export { faultsOfBody, faultsOfLog, faultText } from './validate.js';
