// What arrived at the collector, all of it, by the entry it is of.
import type { CollectorProcess } from '../collector.js';

export interface ArrivedFrame {
  readonly className?: string;
  readonly methodName?: string;
  readonly fileName?: string;
  readonly lineNumber?: number;
  readonly columnNumber?: number;
  readonly code?: string;
}

export interface ArrivedException {
  readonly type: string;
  readonly message: string;
  readonly stackTrace?: string;
  readonly frames?: readonly ArrivedFrame[];
  readonly innerExceptions?: readonly ArrivedException[];
}

/** The log as it was posted. */
export interface ArrivedLog {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  /** The entry's name: every entry has a reporter of its own. */
  readonly userId: string;
  readonly properties?: Readonly<Record<string, string>>;
  readonly exception: ArrivedException;
}

const textOf = (html: string): string =>
  html
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

/** The links on every page of a list of the site. */
async function linksOf(collector: CollectorProcess, { path, link }: { path: string; link: RegExp }) {
  const found: string[] = [];
  for (let page = 1; ; page++) {
    const html = await collector.page(`${path}?page=${page}`);
    // The newest report is linked above the table too.
    const links = (/<tbody>[\s\S]*<\/tbody>/.exec(html)?.[0] ?? '').match(link) ?? [];
    if (links.length === 0) return found;
    found.push(...links);
  }
}

async function readReport(collector: CollectorProcess, path: string): Promise<ArrivedLog> {
  const html = await collector.page(path);
  const raw = /<summary>The whole log<\/summary><pre[^>]*>([\s\S]*?)<\/pre>/.exec(html)?.[1];
  if (raw === undefined) throw new Error(`${path} shows no log`);
  return JSON.parse(textOf(raw));
}

/** Reads what is new on the site, and remembers what is known: a run has hundreds of reports. */
export function createReader(collector: CollectorProcess): () => Promise<ArrivedLog[]> {
  const known = new Map<string, ArrivedLog>();
  const readGroup = async (path: string): Promise<void> => {
    const reports = await linksOf(collector, { path, link: /\/apps\/1\/reports\/[0-9a-f-]{36}/g });
    for (const report of reports)
      if (!known.has(report)) known.set(report, await readReport(collector, report));
  };
  return async () => {
    const groups = await linksOf(collector, { path: '/apps/1/groups', link: /\/apps\/1\/groups\/\d+/g });
    // A group that a new report moves up while the list is read may be listed twice.
    await Promise.all([...new Set(groups)].map(readGroup));
    return [...known.values()];
  };
}
