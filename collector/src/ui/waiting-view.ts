// Attachments whose report is not there: it may have been refused, lost on its way, or be still to come.
import type { WaitingAttachment, WaitingAttachments } from '../store/store.js';
import { type Html, view } from './markup.js';
import { refusedPath } from './shell.js';
import { timeAgo } from './time.js';

const ANCHOR = 'waiting';

export function waitingPath(app: { readonly id: number }): string {
  return `${refusedPath(app)}#${ANCHOR}`;
}

/** `3 attachments wait for their report`. */
export function waitingText({ count, more }: WaitingAttachments): string {
  const what = count === 1 ? 'attachment waits for its report' : 'attachments wait for their report';
  return `${more ? 'At least ' : ''}${count.toLocaleString('en-US')} ${what}`;
}

export function waitingView(waiting: WaitingAttachments, now: number): Html | false {
  const { count, more, newest } = waiting;
  if (count === 0) return false;
  // Where not all were looked at, nobody knows which are the newest.
  const which = more ? `${newest.length} of them` : `the newest ${newest.length}`;
  const rows = newest.map((attachment) => rowView(attachment, now));
  return view`<section id="${ANCHOR}"><h2>${waitingText(waiting)}</h2>
<p class="note">They are kept. When their report comes, they are on its page; one that does not come was not taken, or its client lost it. <code>crashpost-collector export</code> writes them too. They are removed for their age as reports are: <code>--keep-days</code>.</p>
<table class="groups">
<thead><tr><th scope="col">Report${newest.length < count && ` of ${which}`}</th><th scope="col">Came</th></tr></thead>
<tbody>${rows}</tbody>
</table></section>`;
}

function rowView({ id, errorId, receivedAt, file }: WaitingAttachment, now: number): Html {
  const what = file === undefined ? `attachment ${id}` : `${file} in the data folder`;
  return view`<tr><th scope="row">${errorId}<div class="where">${what}</div></th><td>${timeAgo(receivedAt, now)}</td></tr>
`;
}
