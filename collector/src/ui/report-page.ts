// One report: everything that is known about it.
import { blamedFrame } from '../digest/blame.js';
import { hasMoreValues } from '../digest/json.js';
import type { KeptLog, KeptThread } from '../digest/kept.js';
import { threadsOf } from '../digest/kept-log.js';
import type { App, Attachment, Report, VisitEvent } from '../store/store.js';
import { attachmentsView } from './attachments.js';
import { breadcrumbsView } from './breadcrumbs-view.js';
import { eventsView } from './events.js';
import { causesView, exceptionBody, framesView, messageView } from './exception-view.js';
import { bounded, type Html, type Part, view } from './markup.js';
import { deviceFacts, type Fact, propertyFacts, runFacts, whenFacts } from './report-facts.js';
import { fatalBadge, groupsPath, type Shell, toDocument } from './shell.js';
import { timeExact } from './time.js';

/** A log may be 16 MB; the page shows its beginning. Characters. */
const MAX_RAW = 512 * 1024;

/** Above these it is shown as it came: indenting multiplies by the depth. The largest of real logs has 188 kB. */
const MAX_INDENTED = 1024 * 1024;
const MAX_INDENTED_VALUES = 50_000;

export interface ReportContent {
  readonly app: App;
  readonly report: Report;
  /** Absent when the report is no JSON object, or one of too many values. */
  readonly log: KeptLog | undefined;
  readonly attachments: readonly Attachment[];
  /** What happened before it in its visit, the newest first. */
  readonly events: readonly VisitEvent[];
}

export function reportPage(shell: Shell, content: ReportContent): Html {
  const { app, report, log, attachments, events } = content;
  const type = log ? log.exception.type || log.type || report.type : 'Unreadable report';
  const group = report.groupId !== undefined && [
    { text: 'Group', href: `${groupsPath(app)}/${report.groupId}` },
  ];
  const crumbs = [{ text: app.name, href: groupsPath(app) }, ...(group || []), { text: 'Report' }];
  const body = view`<div class="head"><h1>${log && fatalBadge(log.fatal)}${type}</h1>
${messageView(log?.exception.message ?? '')}
<p class="note">${timeExact(report.timestamp)} · <code>${report.id}</code></p></div>
<div class="columns">
<div class="crash">${log ? crashView(log) : view`<section><p class="note">This report is no JSON object, or holds too much to be read. It is shown below as it came.</p></section>`}
${log && breadcrumbsView(log, report.timestamp)}
${eventsView(events)}
${attachmentsView(attachments)}
<section><h2>Raw</h2><details class="raw"${!log && view` open`}><summary>The whole log</summary><pre tabindex="0">${rawText(report, log)}</pre></details></section>
</div>
<aside aria-label="Context">
${log && factsView('Device', deviceFacts(log.device))}
${factsView('When', whenFacts(report, log))}
${factsView('Run', runFacts(report, log))}
${log && factsView('Properties', propertyFacts(log))}
</aside>
</div>`;
  return toDocument(shell, { title: `${type}: report in ${app.name}`, crumbs, body });
}

function crashView(log: KeptLog): Html {
  const blamed = blamedFrame([log.exception, ...log.causes]);
  return view`<section><h2>Frames</h2>${exceptionBody(log.exception, blamed)}</section>
${causesView(log.causes, blamed)}
${threadsView(threadsOf(log))}`;
}

function threadsView(threads: readonly KeptThread[]): Part {
  if (threads.length === 0) return false;
  const items = threads.map((thread, i) => {
    const title = [`Thread ${thread.id ?? i}`, thread.name].filter((part) => part !== '').join(' · ');
    return view`<details class="more"><summary>${title}${thread.crashed && view` <span class="tag">crashed</span>`}</summary>${framesView(thread.frames, undefined)}</details>
`;
  });
  return view`<section><h2>Threads</h2>${items}</section>`;
}

function factsView(title: string, facts: readonly Fact[]): Html | false {
  if (facts.length === 0) return false;
  const items = facts.map(
    ({ name, value }) => view`<dt>${name}</dt><dd>${value}</dd>
`,
  );
  return view`<section><h2>${title}</h2><dl class="facts">${items}</dl></section>`;
}

/** Indented where it is small enough; as it came where it is not JSON, or nested too deep to be written again. */
function rawText({ json }: Report, log: KeptLog | undefined): string {
  const indented = log && json.length <= MAX_INDENTED && !hasMoreValues(json, MAX_INDENTED_VALUES);
  return bounded(indented ? toIndented(log.fields, json) : json, MAX_RAW);
}

function toIndented(fields: KeptLog['fields'], json: string): string {
  try {
    return JSON.stringify(fields, null, 2);
  } catch {
    return json; // Nothing is lost: the page shows the text itself.
  }
}
