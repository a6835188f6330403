// The public types, and nothing they lean on: what is declared here compiles without the browser's own types.

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
   * Begins to report: uncaught errors, unhandled rejections, and what an earlier visit could not send. Options that
   * cannot work are named in one console message, and nothing is reported. Never throws. Does nothing where there is
   * no browser (server-side rendering). A second call is ignored.
   */
  start(options: Options): void;
  /**
   * Reports an error that your app has taken care of, as App Center's `Crashes.trackError`.
   * @param error anything, best an Error
   * @param properties up to 20 strings of up to 125 characters
   * @returns the report's id, a UUID; empty where `start` has not been called yet: the error is kept, and reported then
   */
  trackError(error: unknown, properties?: Record<string, string> | undefined): string;
  /**
   * What the person has said, remembered for this origin until it is said otherwise; other tabs follow. May be called
   * before `start`. Yes: what waited is reported. No, with or without the option `consent`: nothing is reported any more,
   * and what is stored is erased. Never throws.
   */
  setConsent(given: boolean): void;
  /** Ends what `start` began. What is queued stays queued for the next start. */
  stop(): void;
}
