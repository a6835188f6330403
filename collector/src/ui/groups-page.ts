// The groups of an app, and what to do when there are none yet.
import { type App, type CrashFree, type Group, MAX_VISITS, type WaitingAttachments } from '../store/store.js';
import { type Day, sparkline } from './chart.js';
import { type Html, view } from './markup.js';
import { REFUSED_DAYS } from './refused-page.js';
import { setUpView } from './set-up.js';
import {
  appPath,
  fatalBadge,
  groupPath,
  groupsPath,
  pager,
  refusedPath,
  type Shell,
  toDocument,
} from './shell.js';
import { timeAgo } from './time.js';
import { waitingPath, waitingText } from './waiting-view.js';

export interface GroupRow {
  readonly group: Group;
  readonly days: readonly Day[];
}

export interface GroupsContent {
  readonly app: App;
  readonly rows: readonly GroupRow[];
  readonly page: number;
  readonly more: boolean;
  /** Logs that were not taken lately. */
  readonly refused: number;
  readonly waiting: WaitingAttachments;
  readonly crashFree: CrashFree;
  /** Origin of the collector, as the reader's browser reaches it. */
  readonly origin: string;
  readonly now: number;
}

export function groupsPage(shell: Shell, content: GroupsContent): Html {
  const { app, rows, page } = content;
  const title = page > 1 ? `${app.name}: groups, page ${page}` : `${app.name}: groups`;
  if (rows.length === 0 && page === 1) return toDocument(shell, { title, body: emptyView(content) });
  const body = view`<div class="head"><h1>${app.name}</h1><p class="note">Crashes and errors, the last seen first</p>
${crashFreeView(content.crashFree)}${refusedView(content)}${waitingView(content)}</div>
${rows.length > 0 ? groupsTable(content) : view`<p class="note">There is nothing on page ${page}. <a href="${groupsPath(app)}">Back to the first page</a></p>`}
${pager(groupsPath(app), page, content.more)}
<details class="set-up"><summary>How this app reports</summary>${setUpView(app, content.origin)}<p><a href="${appPath(app)}">Settings of this app</a></p></details>`;
  return toDocument(shell, { title, body });
}

/** Nothing for an app that posts no sessions. */
function crashFreeView({ visits, crashedVisits, installs, crashedInstalls }: CrashFree): Html | false {
  if (visits === 0) return false;
  const count = `${visits < MAX_VISITS ? '' : 'the last '}${visits.toLocaleString('en-US')}`;
  return view`<p class="note">Crash-free in 30 days: <strong>${shareText(visits - crashedVisits, visits)}</strong> of ${count} ${visits === 1 ? 'session' : 'sessions'}, <strong>${shareText(installs - crashedInstalls, installs)}</strong> of ${installs.toLocaleString('en-US')} ${installs === 1 ? 'install' : 'installs'}</p>
`;
}

/** `99.93 %`: rounded down, for one crash in a million is no 100 %. */
function shareText(part: number, whole: number): string {
  return `${Math.floor((part / whole) * 10_000) / 100} %`;
}

function refusedView({ app, refused }: GroupsContent): Html | false {
  if (refused === 0) return false;
  const count = refused.toLocaleString('en-US');
  return view`<p class="note"><a href="${refusedPath(app)}">${count} ${refused === 1 ? 'log was' : 'logs were'} not taken</a> in the last ${REFUSED_DAYS} days</p>`;
}

function waitingView({ app, waiting }: GroupsContent): Html | false {
  if (waiting.count === 0) return false;
  return view`<p class="note"><a href="${waitingPath(app)}">${waitingText(waiting)}</a></p>`;
}

function groupsTable({ rows, now }: GroupsContent): Html {
  return view`<table class="groups">
<thead><tr><th scope="col">Error</th><th scope="col" class="wide">14 days</th><th scope="col" class="number">Reports</th><th scope="col" class="number wide">Installs</th><th scope="col" class="wide">Last seen</th><th scope="col" class="wide">Version</th></tr></thead>
<tbody>${rows.map((row) => groupRow(row, now))}</tbody>
</table>`;
}

/** On a narrow screen the columns marked `wide` go, and the line marked `narrow` says what they said. */
function groupRow({ group, days }: GroupRow, now: number): Html {
  const { message, location, reports, installs, lastSeen, appVersion } = group;
  return view`<tr>
<th scope="row"><div class="what">${fatalBadge(group.fatal)}<a href="${groupPath(group)}">${group.exceptionType}</a> <span class="says">${message}</span></div>
${location !== '' && view`<div class="where">${location}</div>`}
<div class="narrow">${timeAgo(lastSeen, now)} · ${installs} ${installs === 1 ? 'install' : 'installs'}${appVersion && ` · ${appVersion}`}</div></th>
<td class="wide">${sparkline(days)}</td><td class="number">${reports.toLocaleString('en-US')}</td><td class="number wide">${installs.toLocaleString('en-US')}</td><td class="wide">${timeAgo(lastSeen, now)}</td><td class="wide version">${appVersion}</td>
</tr>
`;
}

function emptyView(content: GroupsContent): Html {
  const { app, origin } = content;
  return view`<div class="head"><h1>${app.name}</h1>${refusedView(content)}${waitingView(content)}</div>
<section class="empty">
<p class="lead">No report has come yet.</p>
<p>Put this into your page, throw an error, and reload: it will be here.</p>
${setUpView(app, origin)}
</section>`;
}
