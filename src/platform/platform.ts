// What the reporter asks of a browser, as one interface: every other file can be read, and tested, without one.

/** Ends what the function that returned it began. Safe to call twice. */
export type Stop = () => void;

/** The browser's own objects as one window or worker has them. */
export type Realm = Window & typeof globalThis;

/** What is known of the page and the machine, read without waiting. */
export interface Facts {
  readonly userAgent: string;
  readonly language: string;
  /** Client Hints, where the browser has them (Chromium). */
  readonly hints: NavigatorUAData | undefined;
  readonly maxTouchPoints: number;
  /** Physical pixels, `WIDTHxHEIGHT`; absent in workers. */
  readonly screenSize: string | undefined;
  readonly origin: string;
  /** What the global object is: `Window`, `DedicatedWorkerGlobalScope`, … */
  readonly scope: string;
  /** What runs there, where it is not the page. */
  readonly processName?: string | undefined;
}

/** https://wicg.github.io/ua-client-hints/#interface, as far as it is read here. */
export interface NavigatorUAData {
  readonly brands: readonly { readonly brand: string; readonly version: string }[];
  readonly mobile: boolean;
  readonly platform: string;
  getHighEntropyValues(names: string[]): Promise<HighEntropyValues>;
}

export interface HighEntropyValues {
  readonly platformVersion?: string;
  readonly model?: string;
  readonly fullVersionList?: readonly { readonly brand: string; readonly version: string }[];
}

/** Marks an event that came before the reporter did. */
export interface Early {
  /** When it came. Milliseconds since the epoch. */
  at?: number | undefined;
  /** The id of its report, where somebody has been told it already. */
  id?: string | undefined;
}

/** What stub.ts leaves in the page for the reporter. */
export interface Stub {
  readonly early: (Event & Early)[];
  /** Calls of the public functions. */
  readonly calls: [name: string, args: unknown[], answer?: (given: unknown) => void][];
  /** Ends its listening. */
  end: () => void;
}

export interface Platform {
  /** For capture, which stands in for some of the page's own functions. */
  readonly realm: Realm;
  /** The reporter's own script is of another origin and was loaded without CORS: its errors would be withheld. */
  readonly muted: boolean;
  /**
   * Listens on the window or worker in the capture phase: nobody on the page can stop the event before it is heard.
   * What the stub has kept is heard first.
   */
  readonly on: <E extends Event>(type: string, listener: (event: E) => void) => Stop;
  readonly local: Storage | undefined;
  readonly indexedDB: IDBFactory | undefined;
  readonly locks: LockManager | undefined;
  readonly fetch: typeof fetch | undefined;
  /** True says "queued", never "delivered": https://w3c.github.io/beacon/#return-value */
  readonly beacon: ((url: string, text: string) => boolean) | undefined;
  /** The page is not seen, and may be on its way out. */
  readonly hidden: () => boolean | undefined;
  readonly facts: Facts;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A random UUID, lower case. */
  readonly uuid: () => string;
  readonly later: (run: () => void, ms: number) => Stop;
  /** When the page has nothing better to do. */
  readonly idle: (run: () => void) => void;
  /** What reporters in the pages and workers of this origin tell each other. Throws where it cannot be (Safari before 15.4). */
  readonly openChannel: () => BroadcastChannel;
  /** Asks the service worker, where there is one, to drain the queue when the network is back. May throw or reject. */
  readonly requestSync: () => unknown;
  /** One line for the developer of the page. Another log level may silence it. */
  say: (message: string, ...details: unknown[]) => void;
  /** Errors of the reporter itself are said too. */
  debug?: boolean;
}
