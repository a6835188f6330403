// What a test asks of a browser, the same of all three. Little on purpose: a protocol that looks into a page changes
// its stacks (platform.md §A), so a test opens an address and lets the page do the work.

export const ENGINE_NAMES = ['chromium', 'firefox', 'webkit'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export interface EnginePage {
  /** Resolves when the page has loaded. */
  goto(url: string): Promise<void>;
  /** What the JavaScript expression gives, as JSON; a promise is awaited. Firefox's stacks differ from then on. */
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Engine {
  readonly name: EngineName;
  /** As the browser itself says it. */
  readonly version: string;
  /** A page of its own; all of them share one storage, which is empty at first and gone at `close`. */
  open(url: string): Promise<EnginePage>;
  close(): Promise<void>;
}
