// A Store in memory, for the tests of what reads one. It keeps the contract of store.ts, but no data.
import { toDigest } from '../digest/digest.js';
import type {
  Attachment,
  CrashFree,
  Digest,
  Group,
  RefusedLogs,
  Report,
  Store,
  VisitEvent,
} from '../store/store.js';
import { MemoryAccess } from './memory-access.fixture.js';
import { DAY } from './time.js';

interface Kept {
  readonly report: Report;
  readonly digest: Digest;
}

const newestFirst = (a: { report: Report }, b: { report: Report }) => b.report.timestamp - a.report.timestamp;

export class MemoryStore extends MemoryAccess implements Store {
  readonly #reports = new Map<string, Report>();
  readonly #attachments: (Attachment & { readonly of: string; readonly receivedAt: number })[] = [];
  readonly #kept: Kept[] = [];
  readonly #fingerprints: string[] = [];
  readonly #refused: RefusedLogs[] = [];
  /** What `crashFree` and `eventsOf` answer: set by a test. */
  visits: CrashFree = { visits: 0, crashedVisits: 0, installs: 0, crashedInstalls: 0 };
  events: VisitEvent[] = [];

  async keep({ appId, installId, receivedAt, logs }: Parameters<Store['keep']>[0]) {
    for (const { errorId, ...log } of logs) {
      const key = `${appId}/${log.id}`;
      if (errorId) this.#attachments.push({ ...log, receivedAt, of: `${appId}/${errorId}` });
      else if (!this.#reports.has(key)) this.#reports.set(key, { appId, installId, receivedAt, ...log });
    }
  }

  async unpack() {
    return false;
  }

  async undigested(limit: number) {
    return [...this.#reports.values()].filter((report) => report.groupId === undefined).slice(0, limit);
  }

  async keepDigests(digests: readonly Digest[]) {
    for (const digest of digests) {
      const key = `${digest.appId}/${digest.reportId}`;
      const report = this.#reports.get(key);
      if (!report || report.groupId !== undefined) continue;
      const fingerprint = `${digest.appId}/${digest.fingerprint}`;
      if (!this.#fingerprints.includes(fingerprint)) this.#fingerprints.push(fingerprint);
      const grouped = { ...report, groupId: this.#fingerprints.indexOf(fingerprint) + 1 };
      this.#reports.set(key, grouped);
      this.#kept.push({ report: grouped, digest });
    }
  }

  /** What a digester does. */
  async digestAll() {
    await this.keepDigests((await this.undigested(Number.POSITIVE_INFINITY)).map(toDigest));
  }

  async groups(appId: number, { limit, offset = 0 }: { limit: number; offset?: number }) {
    const ids = new Set(
      this.#kept.filter(({ report }) => report.appId === appId).map((k) => k.report.groupId),
    );
    const groups = [...ids].flatMap((id) => this.#group(id) ?? []);
    return groups.sort((a, b) => b.lastSeen - a.lastSeen).slice(offset, offset + limit);
  }

  async group(id: number) {
    return this.#group(id);
  }

  #of(id: number | undefined): Kept[] {
    return this.#kept.filter(({ report }) => report.groupId === id).sort(newestFirst);
  }

  #group(id: number | undefined): Group | undefined {
    const kept = this.#of(id);
    const [newest] = kept;
    if (id === undefined || !newest) return undefined;
    const { appId, exceptionType, message, location, appVersion } = newest.digest;
    const times = kept.map(({ report }) => report.timestamp);
    return {
      ...{ id, appId, exceptionType, message, location, appVersion },
      fatal: kept.some(({ digest }) => digest.fatal),
      reports: kept.length,
      installs: new Set(kept.map(({ report }) => report.installId)).size,
      firstSeen: Math.min(...times),
      lastSeen: Math.max(...times),
    };
  }

  async daysOfGroup(id: number, since: number) {
    const days = new Map<number, number>();
    for (const { report } of this.#of(id)) {
      const day = Math.floor(report.timestamp / DAY) * DAY;
      if (day >= since) days.set(day, (days.get(day) ?? 0) + 1);
    }
    return [...days].map(([day, reports]) => ({ day, reports })).sort((a, b) => a.day - b.day);
  }

  async reportsOfGroup(id: number, { limit, offset = 0 }: { limit: number; offset?: number }) {
    const rows = this.#of(id).map(({ report, digest: { appVersion, os, client } }) => {
      const { id, timestamp, receivedAt, installId } = report;
      return { id, groupId: report.groupId ?? 0, timestamp, receivedAt, installId, appVersion, os, client };
    });
    return rows.slice(offset, offset + limit);
  }

  async report(appId: number, id: string) {
    return this.#reports.get(`${appId}/${id}`);
  }

  async attachmentsOf(appId: number, reportId: string): Promise<Attachment[]> {
    return this.#attachments.filter(({ of }) => of === `${appId}/${reportId}`);
  }

  async waitingAttachments(appId: number) {
    const waiting = this.#attachments.filter(
      ({ of }) => of.startsWith(`${appId}/`) && !this.#reports.has(of),
    );
    const newest = waiting.map(({ id, of, receivedAt }) => ({
      id,
      errorId: of.split('/')[1] ?? '',
      receivedAt,
    }));
    return { count: newest.length, more: false, newest: newest.reverse() };
  }

  async crashFree() {
    return this.visits;
  }

  async eventsOf({ sid }: { sid: string }) {
    return this.events.filter((event) => event.json.includes(sid));
  }

  async keepRefused(refused: readonly RefusedLogs[]) {
    this.#refused.push(...refused);
  }

  async refusedCounts(appId: number, since: number) {
    const of = this.#refused.filter((one) => one.appId === appId).flatMap(({ counts }) => counts);
    return of.filter(({ lastAt }) => lastAt >= since);
  }

  async refusedSamples(appId: number) {
    return this.#refused.filter((one) => one.appId === appId).flatMap(({ samples }) => samples);
  }

  async ping() {}

  async close() {}
}
