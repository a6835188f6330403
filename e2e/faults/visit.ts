// A page of the fault tests, from the other side.

/** How long a page may take for what it is told, and a browser to start: on a busy machine. Milliseconds. */
const PATIENCE = 45_000;

export interface PageOptions {
  /** Script and code that start the reporter; none: a page without one. */
  readonly reporter?: { readonly script: string; readonly start: string } | undefined;
  /** Runs before the reporter is loaded, and in the task in which it is started. */
  readonly before?: string;
  readonly after?: string;
  /** What the texts of its errors begin with. */
  readonly tag?: string;
}

export interface Order {
  readonly number: number;
  readonly code: string;
}

/** What connects a page with its `Visit`. */
export interface Wire {
  /** Resolves with the body of the next message of that kind. */
  once(what: string): Promise<string>;
  order(id: number, order: Order): void;
  /** What a blocked page waits for: if there is one, it goes on. */
  release(id: number): void;
}

const within = <T>(promise: Promise<T>, what: string): Promise<T> =>
  Promise.race([
    promise,
    new Promise<never>((_, reject) => {
      const late = () => reject(new Error(`${what}: nothing in ${PATIENCE} ms`));
      setTimeout(late, PATIENCE).unref();
    }),
  ]);

export class Visit {
  readonly #blocked: Promise<string>;
  readonly #gone: Promise<string>;
  readonly #left: Promise<string>;
  #number = 0;

  constructor(
    readonly site: Wire,
    readonly id: number,
    readonly url: string,
  ) {
    this.#blocked = site.once(`block ${id}`);
    this.#gone = site.once(`gone ${id}`);
    this.#left = site.once(`left ${id}`);
  }

  /** Resolves when its main thread stands still. */
  async blocked(): Promise<void> {
    await within(this.#blocked, `${this.url} blocked`);
  }

  /** Resolves when the page is there no more. Only one that has nothing to do, or is blocked, is seen to go. */
  async gone(): Promise<void> {
    await within(this.#gone, `${this.url} gone`);
  }

  /**
   * True when a page that was blocked can go on: it was not killed. Not any request of it says so: one that was under way
   * when its process was killed the browser still sends. Measured in Firefox under load: up to 130 ms later.
   */
  async lives(): Promise<boolean> {
    const sign = this.site.once(`lives ${this.id}`).then(() => true);
    this.site.release(this.id);
    return Promise.race([sign, new Promise<boolean>((resolve) => setTimeout(resolve, 1_000, false))]);
  }

  /** Resolves when it has been left for `/away`. */
  async left(): Promise<void> {
    await within(this.#left, `${this.url} left`);
  }

  /** Runs `code` in the page; gives what it returns. */
  async ask(code: string): Promise<unknown> {
    const number = this.tell(code);
    const body = await within(this.site.once(`answer ${this.id} ${number}`), `${this.url}: ${code}`);
    const { value, error } = JSON.parse(body) as { value?: unknown; error?: string };
    if (error) throw new Error(`${this.url}: ${error}`);
    return value;
  }

  /** Runs `code` in the page, which may not live to answer. */
  tell(code: string): number {
    this.#number++;
    this.site.order(this.id, { number: this.#number, code });
    return this.#number;
  }
}
