// The public types and values of what surrounds a crash, as React Native developers know them from App Center. They lean
// on nothing, like those of api.ts, and nothing in here does anything: it is at hand before the chunk is there.

/** A crash, as the listener is told of it. */
export interface ErrorReport {
  /** The report's id, a UUID: the collector's site finds it by that. */
  readonly id: string;
  /** When it was thrown, e.g. `2026-11-23T10:00:00.123Z`. */
  readonly appErrorTime: string;
  /** When the page began, in the same form. */
  readonly appStartTime: string;
  /** The kind of error, e.g. `TypeError`; `UncleanExit` where the page or the browser died. */
  readonly exceptionName: string;
  /** Its message, secrets masked. */
  readonly exceptionReason: string;
  /** Its stack, as the engine wrote it. */
  readonly exception?: string | undefined;
  /** Where it happened: browser, system, version of the app. */
  readonly device: Readonly<Record<string, unknown>>;
  /** Always 0, as in the log: a page has no process id that it can see. */
  readonly appProcessIdentifier: number;
}

/** What may be attached: bytes, or the same as base64 text. A Blob or a File is one of these. */
export type BinaryData =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | { readonly size: number; readonly type: string; arrayBuffer(): Promise<ArrayBuffer> };

/** One attachment, as `ErrorAttachmentLog` makes it. */
export interface ErrorAttachment {
  readonly text?: string | undefined;
  readonly data?: BinaryData | undefined;
  readonly fileName?: string | null | undefined;
  readonly contentType?: string | null | undefined;
}

/** Makes attachments, of up to 7 MiB each. */
export interface ErrorAttachmentLogs {
  /** @param text kept as UTF-8, as `text/plain` */
  attachmentWithText(text: string, fileName?: string | null): ErrorAttachment;
  /** @param data bytes, a Blob or a File, or base64 text as in React Native */
  attachmentWithBinary(
    data: BinaryData,
    fileName?: string | null,
    contentType?: string | null,
  ): ErrorAttachment;
}

/** Has a say in each crash report. All of it may be missing; what throws, or takes longer than 5 s, is passed over. */
export interface CrashesListener {
  /** False: the report is deleted, neither kept nor sent. */
  shouldProcess?: ((report: ErrorReport) => boolean | Promise<boolean>) | undefined;
  /** True: reports are kept on disk and not sent before `notifyUserConfirmation`, at a later visit if need be. */
  shouldAwaitUserConfirmation?: (() => boolean | Promise<boolean>) | undefined;
  /** What is to go with the report; it follows the report, which does not wait for it. */
  getErrorAttachments?:
    | ((report: ErrorReport) => readonly ErrorAttachment[] | Promise<readonly ErrorAttachment[]>)
    | undefined;
  /** The report is about to be posted for the first time in this visit. */
  onBeforeSending?: ((report: ErrorReport) => void) | undefined;
  /** The collector has it. */
  onSendingSucceeded?: ((report: ErrorReport) => void) | undefined;
  /** The collector will never take it, and says why. A report that only has to wait is not told of here. */
  onSendingFailed?: ((report: ErrorReport, reason: string) => void) | undefined;
}

/** A log about to be kept and sent: App Center's, with its breadcrumbs. */
export interface OutgoingLog {
  /** `managedError`, which nobody caught, or `handledError`. */
  type: string;
  id: string;
  exception: {
    type: string;
    message?: string | undefined;
    stackTrace?: string | undefined;
    frames?: object[] | undefined;
    innerExceptions?: object[] | undefined;
  };
  userId?: string | undefined;
  properties?: Record<string, string> | undefined;
  breadcrumbs?: { at: number; kind: string; text: string }[] | undefined;
  [field: string]: unknown;
}

/** App Center's numbers, those of JavaScript: Java has the first two the other way round. */
export const UserConfirmation = { DONT_SEND: 0, SEND: 1, ALWAYS_SEND: 2 } as const;

/** Read, measured and encoded where it is attached. */
export const ErrorAttachmentLog: ErrorAttachmentLogs = {
  attachmentWithText: (text, fileName) => ({ text, fileName }),
  attachmentWithBinary: (data, fileName, contentType) => ({ data, fileName, contentType }),
};

/** The functions whose work is done in the chunk. */
export const CHUNK_METHODS = [
  'addBreadcrumb',
  'generateTestCrash',
  'getInstallId',
  'hasCrashedInLastSession',
  'hasReceivedMemoryWarningInLastSession',
  'isEnabled',
  'lastSessionCrashReport',
  'notifyUserConfirmation',
  'setEnabled',
  'setListener',
  'setLogLevel',
  'setMaxStorageSize',
  'setNetworkRequestsAllowed',
  'setUserId',
] as const;
