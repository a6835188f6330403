// One round of a row: some trials side by side, each a visitor of an origin of its own, all meeting the same fault.
import type { EngineName } from '../engines/engine.js';
import type { FaultServer } from './fault-server.js';
import type { Stage } from './stage.js';
import type { PageOptions, Visit } from './visit.js';

export const pause = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));

/** Errors a visit throws, where the row does not say otherwise. */
export const ERRORS = 3;

/** Who is tried: ours, or a peer. */
export interface Subject {
  readonly reporter: NonNullable<PageOptions['reporter']>;
  /** Code that resolves when the reporter is as ready as it gets. */
  readonly ready: string;
  /** Texts of all errors that its server has, each as often as it has it. */
  shown(): Promise<string[]>;
}

export interface Parts {
  readonly stage: Stage;
  readonly faults: FaultServer;
  readonly subject: Subject;
}

/** A page that differs from the others of its row. */
export interface VisitOptions extends PageOptions {
  /** In place of the subject's. */
  readonly ready?: string;
}

export class Round {
  /** Texts of all errors thrown: what is to be shown, each once. */
  readonly thrown: string[] = [];
  /** What else was seen, for the table. */
  readonly notes: string[] = [];
  readonly #open = new Set<Visit>();

  constructor(
    readonly parts: Parts,
    /** Where its pages live: one a trial. */
    readonly hosts: readonly string[],
    readonly tag: string,
  ) {}

  get engine(): EngineName {
    return this.parts.stage.engine;
  }

  get stage(): Stage {
    return this.parts.stage;
  }

  get #options(): PageOptions {
    return { tag: this.tag, reporter: this.parts.subject.reporter };
  }

  fault(fault: FaultServer['fault']): Promise<void> {
    return this.parts.faults.set(fault);
  }

  /** Counts the errors that `visit` is about to throw, and gives the code that throws them. */
  boom(visit: Visit, count = ERRORS): string {
    const before = this.thrown.filter((text) => text.startsWith(`${this.tag} visit ${visit.id} `)).length;
    for (let i = 0; i < count; i++) this.thrown.push(`${this.tag} visit ${visit.id} error ${before + i}`);
    return `boom(${count})`;
  }

  /** A page whose reporter has started, its storage open. */
  async visit(host: string, options: VisitOptions = {}): Promise<Visit> {
    const visit = await this.parts.stage.open(host, { ...this.#options, ...options });
    this.#open.add(visit);
    await visit.ask(options.ready ?? this.parts.subject.ready);
    return visit;
  }

  /** A page of this row's reporter that does what it does by itself. */
  brief(host: string, options: (visit: Visit) => Pick<PageOptions, 'after'>): Promise<Visit> {
    return this.parts.stage.openBriefly(host, (visit) => ({ ...this.#options, ...options(visit) }));
  }

  /** One visit of every host, at the same time. */
  async all<T>(play: (host: string) => Promise<T>): Promise<T[]> {
    return Promise.all(this.hosts.map(play));
  }

  /** One visit of every host, one after the other: so that each one's processes are known to be its own. */
  async each<T>(play: (host: string) => Promise<T>): Promise<T[]> {
    const results: T[] = [];
    for (const host of this.hosts) results.push(await play(host));
    return results;
  }

  async close(visit: Visit, code?: string): Promise<void> {
    await this.parts.stage.close(visit, code);
    this.#open.delete(visit);
  }

  /** The page is gone, whatever became of it. */
  forget(visit: Visit): void {
    this.#open.delete(visit);
  }

  /** The end of the round: what is open is closed. */
  async end(): Promise<void> {
    await Promise.all([...this.#open].map((visit) => this.close(visit)));
    // The next visitor has a browser of their own, and in it connections that nobody holds.
    this.parts.faults.letGo();
  }
}
