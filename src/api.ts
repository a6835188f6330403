// The public types, and nothing they lean on: what is declared here compiles without the browser's own types.
import type {
  CrashesListener,
  ErrorAttachment,
  ErrorAttachmentLogs,
  ErrorReport,
  OutgoingLog,
} from './crash-api.js';

/** What `start` takes. */
export interface Options {
  /** The app's secret: the UUID that `crashpost-collector app add NAME` prints. */
  appSecret: string;
  /** Address of the collector, e.g. `https://crashes.example.com`; logs go to `/logs` below it. */
  logUrl: string;
  /** Version of your app, e.g. `1.4.2`. Default `0.0.0`. */
  appVersion?: string | undefined;
  /** Build of your app. Default `1`. */
  appBuild?: string | undefined;
  /** Who is signed in, if you want to know; at most 256 characters. */
  userId?: string | undefined;
  /**
   * Errors not to report: those whose message has one of these texts in it, or matches one of these patterns. Default
   * `[/^ResizeObserver loop/]`, a notice of the browser that harms nobody.
   */
  ignore?: readonly (string | RegExp)[] | undefined;
  /**
   * Is given a copy of each report before it is kept, and gives the one to keep: edited, or `null` to drop it. Where it
   * throws, or gives no report, the report is kept as it was, and the console says so. Not asked in workers.
   */
  beforeSend?: ((log: OutgoingLog) => OutgoingLog | null) | undefined;
  /**
   * The share of visits that report, from 0 to 1; a visit reports all or nothing, so that what is counted by visit stays
   * true. The property `crashpost.sampleRate` says so. Default 1.
   */
  sampleRate?: number | undefined;
  /** Tell the collector that a visit has begun, for the share of visits without a crash. Default true. */
  sessions?: boolean | undefined;
  /**
   * Stand in for a few of the page's own functions where the engine withholds errors otherwise: timers and listeners in
   * WebKit, `response.json()` in Chromium. Default true.
   */
  wrapCallbacks?: boolean | undefined;
  /** Report the errors of same-origin iframes too, where they have no reporter of their own. Default false. */
  iframes?: boolean | undefined;
  /** Report scripts, styles, images and media that do not load, as handled errors. Default false. */
  resources?: boolean | undefined;
  /**
   * What is known to be secret (tokens, keys, passwords by name, e-mail addresses, card numbers) is masked in messages
   * before they are kept or sent. A function is given each text after that, and what it gives is reported; where it
   * throws, the text is not. False masks nothing.
   */
  mask?: false | ((text: string) => string) | undefined;
  /**
   * 'full' keeps user, password, query and fragment of addresses (with `resources`: of what does not load, only a
   * script's query). By default only a script's own query is kept.
   */
  urls?: 'full' | undefined;
  /**
   * What to tell of what happened before an error: `false` for nothing, or an object with the kinds not wanted, e.g.
   * `{ clicks: false }`. Default: all of them.
   */
  breadcrumbs?: false | Breadcrumbs | undefined;
  /**
   * Report, at the next start, that an earlier visit ended without a goodbye: its tab or the browser crashed, ran out of
   * memory, or was killed. Default true.
   */
  uncleanExits?: boolean | undefined;
  /**
   * How much of the browser's storage may hold reports that could not be sent yet: the oldest handled errors make room
   * first, then the oldest crashes, and the next report says how many did. Bytes, at least 24 KiB; default 10 MiB.
   */
  maxStorageSize?: number | undefined;
  /**
   * 'ask': nothing is stored or sent before `setConsent(true)`; errors wait in the memory of the page, a hundred of them.
   * The answer is remembered. By default there is nothing to ask.
   */
  consent?: 'ask' | undefined;
  /** Say more in the console, errors of the reporter itself among it. Default false. */
  debug?: boolean | undefined;
}

/** Kinds of breadcrumbs; each is kept unless it is false. */
export interface Breadcrumbs {
  /** Addresses the page has shown, without query and fragment. */
  navigation?: boolean | undefined;
  /** Elements clicked, by tag, id, classes and name; never by their text. */
  clicks?: boolean | undefined;
  /** `fetch` and `XMLHttpRequest`: method, address without query, status, duration. */
  requests?: boolean | undefined;
  /** Texts given to `console.warn` and `console.error`. */
  console?: boolean | undefined;
  /** The page was hidden, or shown again. */
  visibility?: boolean | undefined;
  /** The browser went online or offline. */
  network?: boolean | undefined;
  /** The page did not respond for a second or more. */
  freezes?: boolean | undefined;
}

export interface Reporter {
  /**
   * Begins to report: uncaught errors, unhandled rejections, and what an earlier visit could not send. An option that
   * cannot be what it is, or is unknown, is named in one console message; without a right `appSecret` and `logUrl` nothing
   * is reported. A second call is ignored, and says so where its options are other ones.
   */
  start(options: Options): void;
  /**
   * Reports an error that your app has taken care of, as App Center's `Crashes.trackError`.
   * @param error anything, best an Error
   * @param properties up to 20 strings of up to 125 characters
   * @param attachments what `ErrorAttachmentLog` makes, up to 7 MiB each
   * @returns the report's id, a UUID; empty where `start` has not been called yet: the error is kept, and reported then
   */
  trackError(
    error: unknown,
    properties?: Record<string, string> | undefined,
    attachments?: readonly ErrorAttachment[] | undefined,
  ): string;
  /**
   * What the person has said, remembered for this origin until it is said otherwise; other tabs follow. May be called
   * before `start`. Yes: what waited is reported. No, with or without the option `consent`: nothing is reported any more,
   * and what is stored is erased.
   */
  setConsent(given: boolean): void;
  /**
   * Ends what `start` began, and begins no post any more. What is queued stays queued for the next start. A post under
   * way is heard out, as it may arrive: its timer and its lock last as long, a minute at most (longer for attachments
   * of megabytes).
   */
  stop(): void;
  /** Who is signed in, in the reports from now on; at most 256 characters. Without a value nobody is. */
  setUserId(userId?: string | null | undefined): Promise<void>;
  /** Adds a breadcrumb of your own, which the next reports carry. Masked as messages are. */
  addBreadcrumb(message: string, data?: Record<string, string> | undefined): Promise<void>;
  /** Throws an error that nobody catches, `TestCrashError`, to see a report come in. */
  generateTestCrash(): Promise<void>;
  /**
   * Whether the visit before, in this tab or else the last on this origin, had an uncaught error, or ended without a
   * goodbye.
   */
  hasCrashedInLastSession(): Promise<boolean>;
  /** The last crash of the visit before; nothing where there was none. */
  lastSessionCrashReport(): Promise<ErrorReport | undefined>;
  /**
   * Whether the visit before ended with its memory nearly full. Browsers give no warning: this is true only where the
   * browser tells how full it is (Chromium), and the visit ended without a goodbye.
   */
  hasReceivedMemoryWarningInLastSession(): Promise<boolean>;
  /**
   * Who has a say in each crash report, instead of the listener before. Call it before or right after `start`. A listener
   * that asks for confirmation is remembered: at later visits crashes wait for `setListener`, in workers too.
   */
  setListener(listener: CrashesListener | null | undefined): Promise<void>;
  /**
   * Answers `shouldAwaitUserConfirmation`: `SEND` sends what waits, `DONT_SEND` deletes it, `ALWAYS_SEND` is remembered
   * until another answer is given.
   */
  notifyUserConfirmation(confirmation: 0 | 1 | 2): Promise<void>;
  /** False ends all reporting and erases what is queued, at later visits too, until it is true again. */
  setEnabled(enabled: boolean): Promise<void>;
  /** What `setEnabled` has said last; true by default. */
  isEnabled(): Promise<boolean>;
  /** The random id of this browser and app, a UUID. */
  getInstallId(): Promise<string | undefined>;
  /** False: reports are kept, and nothing is sent, at later visits too, until it is true again. */
  setNetworkRequestsAllowed(allowed: boolean): Promise<void>;
  /** As the option `maxStorageSize`. Bytes. @returns false where it is less than 24 KiB */
  setMaxStorageSize(bytes: number): Promise<boolean>;
  /** App Center's levels: up to 4 (`INFO`) as the option `debug`, 5 (`WARN`) as usual, from 6 on the console stays empty. */
  setLogLevel(level: number): Promise<void>;
  /** The numbers that `notifyUserConfirmation` takes, as in App Center's JavaScript. */
  readonly UserConfirmation: { readonly DONT_SEND: 0; readonly SEND: 1; readonly ALWAYS_SEND: 2 };
  /** Makes attachments for `trackError` and `getErrorAttachments`. */
  readonly ErrorAttachmentLog: ErrorAttachmentLogs;
}

export type {
  BinaryData,
  CrashesListener,
  ErrorAttachment,
  ErrorAttachmentLogs,
  ErrorReport,
  OutgoingLog,
} from './crash-api.js';
