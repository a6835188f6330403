// What was sent for an app and not taken, and why: its owner can do something about it, the sender often cannot.
import type { App, RefusedCount, RefusedSample, WaitingAttachments } from '../store/store.js';
import { type Html, view } from './markup.js';
import { groupsPath, type Shell, toDocument } from './shell.js';
import { timeAgo } from './time.js';
import { waitingView } from './waiting-view.js';

/** Days that are counted. */
export const REFUSED_DAYS = 30;

export interface RefusedContent {
  readonly app: App;
  readonly counts: readonly RefusedCount[];
  readonly samples: readonly RefusedSample[];
  readonly waiting: WaitingAttachments;
  readonly now: number;
}

/** What each reason means, and what to do. */
export const MEANINGS: Readonly<Record<string, string>> = {
  CrashesPerMinute:
    'More crashes in one minute than the limit crashesPerMinute. Reporters post them again later; App Center’s SDKs do not.',
  ErrorsPerMinute:
    'More handled errors in one minute than the limit errorsPerMinute. Reporters post them again later; App Center’s SDKs do not.',
  TooOld: 'Happened longer ago than the limit pastMs, by the clock of the device.',
  TooFarAhead: 'Happened further in the future than the limit futureMs: the clock of the device is wrong.',
  AttachmentTooLarge: 'An attachment larger than the limit attachmentBytes.',
  NoErrorId: 'An attachment that does not say which report it belongs to.',
  MissingField: 'A field is missing that App Center’s API requires (the limit requiredFields).',
  NoLogs: 'A whole post without a list of logs.',
  NotALog: 'Not an object with a type.',
  TooDeep: 'Nested too deeply.',
  OriginNotAllowed: 'Came from a page whose origin is not on the list of this app.',
  AppDisabled: 'A whole post, while this app was disabled.',
  InvalidJson: 'A whole post that is not JSON.',
  InvalidEncoding: 'A whole post that cannot be inflated.',
  UnsupportedEncoding: 'A whole post compressed in a way that is not understood.',
  PayloadTooLarge: 'A whole post that is too large.',
};

export function refusedPage(shell: Shell, content: RefusedContent): Html {
  const { app, counts, samples, waiting, now } = content;
  const title = `${app.name}: not taken`;
  const crumbs = [{ text: app.name, href: groupsPath(app) }, { text: 'Not taken' }];
  const body = view`<div class="head"><h1>Not taken</h1><p class="note">What was sent with the secret of ${app.name} in the last ${REFUSED_DAYS} days, and is not kept</p></div>
${counts.length === 0 && view`<section><p>Everything was taken${samples.length > 0 ? ' in these days. Before them:' : '.'}</p></section>`}
${counts.length > 0 && view`<section>${countsTable(content)}</section>`}
${samples.length > 0 && samplesTable(content)}
${waitingView(waiting, now)}`;
  return toDocument(shell, { title, crumbs, body });
}

function countsTable({ counts, now }: RefusedContent): Html {
  const rows = counts.map(
    ({ reason, logs, lastAt }) =>
      view`<tr><th scope="row">${reason}<div class="note">${MEANINGS[reason] ?? ''}</div></th><td class="number">${logs.toLocaleString('en-US')}</td><td>${timeAgo(lastAt, now)}</td></tr>
`,
  );
  return view`<table class="groups">
<thead><tr><th scope="col">Reason</th><th scope="col" class="number">Times</th><th scope="col">Last</th></tr></thead>
<tbody>${rows}</tbody>
</table>`;
}

function samplesTable({ samples, now }: RefusedContent): Html {
  const rows = samples.map(
    ({ reason, at, type, logId, installId, fault }) =>
      view`<tr><th scope="row">${fault || reason}<div class="where">${whatText({ type, logId, fault })} · install ${installId}</div></th><td class="wide">${reason}</td><td>${timeAgo(at, now)}</td></tr>
`,
  );
  return view`<section><h2>The newest ${samples.length}</h2>
<table class="groups">
<thead><tr><th scope="col">What was wrong</th><th scope="col" class="wide">Reason</th><th scope="col">When</th></tr></thead>
<tbody>${rows}</tbody>
</table></section>`;
}

/** A log by its type and id; the fault of a log that has neither begins with its place. */
function whatText({ type, logId, fault }: Pick<RefusedSample, 'type' | 'logId' | 'fault'>): string {
  const named = [type, logId].filter(Boolean).join(' ');
  return named || (fault.startsWith('logs[') ? 'log without a type' : 'whole post');
}
