// What happened before an error, as a timeline that ends with it.
import { asObject, asObjects, field, type Json, textField, wholeField } from '../digest/json.js';
import type { KeptLog } from '../digest/kept.js';
import { bounded, type Html, view } from './markup.js';
import { exactTime } from './time.js';

/** The reporter sends at most 100. */
const MAX_SHOWN = 200;
/** Shown at once; older ones are one click away. */
const MAX_OPEN = 20;
/** Characters of one text, and of all data of one breadcrumb. */
const MAX_TEXT = 1_000;
/** Pairs of one breadcrumb. */
const MAX_DATA = 20;

/** @param at when the error happened. Milliseconds since the epoch */
export function breadcrumbsView({ fields }: KeptLog, at: number): Html | false {
  const crumbs = asObjects(field(fields, 'breadcrumbs'), MAX_SHOWN);
  if (crumbs.length === 0) return false;
  const older = crumbs.slice(0, -MAX_OPEN);
  return view`<section><h2>Breadcrumbs</h2>
${older.length > 0 && view`<details class="more"><summary>${older.length} earlier</summary>${timeline(older, at)}</details>`}
${timeline(crumbs.slice(-MAX_OPEN), at)}</section>`;
}

const timeline = (crumbs: readonly Json[], at: number): Html =>
  view`<ol class="before">${crumbs.map((crumb) => item(crumb, at))}</ol>`;

function item(crumb: Json, at: number): Html {
  const time = Number(field(crumb, 'at') ?? Number.NaN);
  const status = wholeField(crumb, 'status');
  const ms = wholeField(crumb, 'ms');
  const text = bounded(textField(crumb, 'text'), MAX_TEXT);
  const answer =
    status !== undefined && view` <span class="${isBad(status) && 'bad'}">→ ${status || 'no answer'}</span>`;
  return view`<li><span class="ago" title="${exactTime(time)}">${beforeText(at - time)}</span><span class="kind">${bounded(textField(crumb, 'kind'), 40)}</span><span class="said">${text}${answer}${ms !== undefined && view` <span class="data">${ms} ms</span>`}${dataView(crumb)}</span></li>
`;
}

const isBad = (status: number): boolean => status === 0 || status >= 400;

function dataView(crumb: Json): Html | false {
  const data = asObject(field(crumb, 'data'));
  const pairs = Object.keys(data)
    .slice(0, MAX_DATA)
    .map((name) => `${name}: ${textField(data, name, MAX_TEXT)}`);
  return pairs.length > 0 && view` <span class="data">${bounded(pairs.join(', '), MAX_TEXT)}</span>`;
}

/** `−0.4 s`, `−2:05`: how long before the error. */
function beforeText(ms: number): string {
  if (!Number.isFinite(ms)) return '';
  const sign = ms < 0 ? '+' : '−';
  const seconds = Math.abs(ms) / 1000;
  if (seconds < 60) return `${sign}${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = `${Math.floor(whole / 60) % 60}`;
  const rest = `:${String(whole % 60).padStart(2, '0')}`;
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${sign}${hours}:${minutes.padStart(2, '0')}${rest}` : `${sign}${minutes}${rest}`;
}
