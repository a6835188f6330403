// One group: how often, since when, what the newest report says, and the list of its reports.
import { blamedFrame } from '../digest/blame.js';
import type { KeptLog } from '../digest/kept.js';
import type { App, Group, ReportRow } from '../store/store.js';
import { type Day, dayChart } from './chart.js';
import { causesView, exceptionBody, messageView } from './exception-view.js';
import { type Html, view } from './markup.js';
import { fatalBadge, groupPath, groupsPath, pager, reportPath, type Shell, toDocument } from './shell.js';
import { exactTime, timeAgo } from './time.js';

export interface GroupContent {
  readonly app: App;
  readonly group: Group;
  readonly days: readonly Day[];
  readonly reports: readonly ReportRow[];
  /** Absent when there is none, `log` when it cannot be read. */
  readonly newest: { readonly row: ReportRow; readonly log: KeptLog | undefined } | undefined;
  readonly page: number;
  readonly more: boolean;
  readonly now: number;
}

export function groupPage(shell: Shell, content: GroupContent): Html {
  const { app, group, page } = content;
  const crumbs = [{ text: app.name, href: groupsPath(app) }, { text: 'Group' }];
  const body = view`<div class="head"><h1>${fatalBadge(group.fatal)}${group.exceptionType}</h1>
${messageView(group.message)}
${group.location !== '' && view`<p class="where">${group.location}</p>`}</div>
${factsView(content)}
<section><h2>Reports per day</h2>${dayChart(content.days)}</section>
${newestView(content)}
<section><h2>Reports</h2>${reportsTable(content)}${pager(groupPath(group), page, content.more)}</section>`;
  return toDocument(shell, { title: `${group.exceptionType}: group in ${app.name}`, crumbs, body });
}

function factsView({ group, now }: GroupContent): Html {
  return view`<dl class="numbers">
<div><dt>Reports</dt><dd>${group.reports.toLocaleString('en-US')}</dd></div>
<div><dt>Installs</dt><dd>${group.installs.toLocaleString('en-US')}</dd></div>
<div><dt>First seen</dt><dd>${timeAgo(group.firstSeen, now)}</dd></div>
<div><dt>Last seen</dt><dd>${timeAgo(group.lastSeen, now)}</dd></div>
${group.appVersion !== '' && view`<div><dt>Newest version</dt><dd>${group.appVersion}</dd></div>`}
</dl>`;
}

function newestView({ app, newest, now }: GroupContent): Html | undefined {
  if (!newest) return undefined;
  const { row, log } = newest;
  const blamed = log && blamedFrame([log.exception, ...log.causes]);
  const exception = log
    ? view`${exceptionBody(log.exception, blamed)}${causesView(log.causes, blamed)}`
    : view`<p class="note">It is no JSON object, or holds too much; its page shows it as it came.</p>`;
  return view`<section><div class="row"><h2>Newest report</h2><a href="${reportPath(app, row.id)}">Everything about it</a><span class="note">${timeAgo(row.timestamp, now)}</span></div>
${exception}</section>`;
}

function reportsTable({ app, group, reports, page, now }: GroupContent): Html {
  if (reports.length === 0) {
    return view`<p class="note">There is nothing on page ${page}. <a href="${groupPath(group)}">Back to the first page</a></p>`;
  }
  const rows = reports.map(
    (row) =>
      view`<tr><th scope="row"><a href="${reportPath(app, row.id)}">${timeAgo(row.timestamp, now)}</a> <span class="note wide">${exactTime(row.timestamp)}</span></th><td class="version">${row.appVersion}</td><td>${row.os}</td><td>${row.client}</td><td class="wide"><code title="${row.installId}">${row.installId.slice(0, 8)}</code></td></tr>
`,
  );
  return view`<div class="scroll" role="region" aria-label="Reports" tabindex="0"><table class="reports">
<thead><tr><th scope="col">When</th><th scope="col">Version</th><th scope="col">System</th><th scope="col">Client</th><th scope="col" class="wide">Install</th></tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}
