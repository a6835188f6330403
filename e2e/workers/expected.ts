// What has to arrive of what the test's workers throw. docs/captured.md shows the same rows.
import type { EngineName } from '../engines/engine.js';

export interface Expected {
  /** As a reader of the docs would say it. */
  readonly label: string;
  readonly message: string;
  readonly type: string;
  /** File of the innermost frame, and the marker of its line in the source. */
  readonly file: string;
  readonly source: string;
  readonly at: string;
  /** Whether it is the report of the worker's own reporter; undefined where that may not live to make it. */
  readonly own: boolean | undefined;
  readonly count: number;
  /** The engines that tell of it. */
  readonly engines?: readonly EngineName[];
  /** Why nothing arrives elsewhere. */
  readonly nothing?: string;
  /** What has to be done for it to arrive there, where anything helps. */
  readonly unless?: string;
}

const make = (message: string, label: string, more: Partial<Expected> = {}): Expected => ({
  label,
  message,
  type: 'Error',
  file: '/w/classic.js',
  source: 'work.js',
  at: 'throw',
  own: true,
  count: 1,
  ...more,
});
const rejected = { type: 'RangeError', at: 'reject' };
const bare = { file: '/w/bare.js', own: false };
const moduleFile = { file: '/w/module.js' };
const service = { file: '/service/sw.js', source: 'service.js' };
const refused = { ...service, type: 'RangeError' };
const nobody: readonly EngineName[] = [];
const unseen = {
  engines: nobody,
  nothing: 'it is told inside the worker alone',
  unless: 'the script of the worker imports the reporter',
};

export const EXPECTED: readonly Expected[] = [
  make('before the start', 'an error before any page has called `start`'),
  make('classic', 'an error'),
  make('classic, rejected', 'a rejection', rejected),
  make('classic, a text', 'a text', { type: 'String', at: 'text' }),
  make('burst', 'twenty at once', { count: 20 }),
  make('bare', 'an error', bare),
  make('bare burst', 'twenty at once', { ...bare, count: 20 }),
  make('bare, rejected', 'a rejection in a worker', { ...bare, ...rejected, ...unseen }),
  make('bare, shared', 'an error in a shared worker', { ...bare, ...unseen }),
  make('missing', 'a worker whose script does not load', {
    ...bare,
    engines: nobody,
    nothing: 'an event on the Worker object alone, without a message',
  }),
  make('module', 'an error in a module', moduleFile),
  make('module, rejected', 'a rejection in a module', { ...moduleFile, ...rejected }),
  make('bare module', 'an error in a module', bare),
  make('started', 'an error where the worker calls `start` itself', { file: '/w/started.js' }),
  make('terminated at once', 'an error that has its worker terminated at once', { own: undefined }),
  make('terminated', 'an error that has its worker terminated'),
  make('prevented', 'an error that the page prevents in `worker.onerror`'),
  make('blob', 'an error in a worker of a Blob', { file: '/w/bare.js' }),
  make('inner has it', 'an error in a nested worker'),
  make('outer has it', 'an error in a nested worker, below one that imports the reporter', bare),
  make('both have it', 'an error in a nested worker, below one that has the line too'),
  make('none has it', 'an error in a nested worker', bare),
  make('shared', 'an error in a shared worker'),
  make('shared, rejected', 'a rejection in a shared worker', rejected),
  make('in a fetch handler', "an error in a service worker's listener", { ...service, at: 'fetch' }),
  make('rejected in a service worker', 'a rejection in a service worker', {
    ...refused,
    at: 'service-reject',
  }),
  make('rejected in waitUntil', "a service worker's promise that is given to `waitUntil` and rejected", {
    ...refused,
    at: 'wait-until',
    engines: ['chromium'],
    nothing: 'the engine takes it for handled',
  }),
  make('a service worker that throws at once', 'a service worker whose script throws', {
    file: '/broken/sw.js',
    source: 'broken.js',
    at: 'broken',
  }),
];

/** How many of them have to arrive. */
export const countIn = ({ engines, count }: Expected, engine: EngineName): number =>
  engines?.includes(engine) === false ? 0 : count;
