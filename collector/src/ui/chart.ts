// Counts per day as inline SVG: no script, no style attribute (the CSP allows neither), colours from the stylesheet.
import type { DayCount } from '../store/store.js';
import { type Html, view } from './markup.js';
import { DAY, dayText } from './time.js';

/** One day of a chart. */
export interface Day {
  /** Midnight UTC, milliseconds since the epoch. */
  readonly day: number;
  readonly reports: number;
}

/** The first of the `days` days that end with today. */
export function firstDay(now: number, days: number): number {
  return Math.floor(now / DAY) * DAY - (days - 1) * DAY;
}

/** The `days` days that end with today, those without reports too. */
export function toDays(counts: readonly DayCount[], now: number, days: number): Day[] {
  const byDay = new Map(counts.map(({ day, reports }) => [Math.floor(day / DAY) * DAY, reports]));
  const first = firstDay(now, days);
  return Array.from({ length: days }, (_, i) => {
    const day = first + i * DAY;
    return { day, reports: byDay.get(day) ?? 0 };
  });
}

/** What a chart shows, in a sentence. */
function summary(days: readonly Day[]): string {
  const total = days.reduce((sum, { reports }) => sum + reports, 0);
  if (total === 0) return `No reports in the last ${days.length} days`;
  const busiest = days.reduce((most, day) => (day.reports > most.reports ? day : most));
  return `${plural(total, 'report')} in the last ${days.length} days, most on ${dayText(busiest.day)}: ${busiest.reports}`;
}

/** `1 report`, `1,204 reports`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** A day with reports is never shown as one without: at least this high, of 100. */
const LEAST = 6;

function bars(days: readonly Day[], named: boolean): Html[] {
  const most = Math.max(1, ...days.map(({ reports }) => reports));
  return days.map(({ day, reports }, i) => {
    const height = reports === 0 ? 2 : Math.max(LEAST, Math.round((reports / most) * 100));
    const name = named && view`<title>${dayText(day)}: ${plural(reports, 'report')}</title>`;
    return view`<rect class="${reports === 0 ? 'none' : 'some'}" x="${i * 10 + 1}" y="${100 - height}" width="8" height="${height}">${name}</rect>`;
  });
}

function svg(days: readonly Day[], kind: 'spark' | 'bars'): Html {
  return view`<svg class="${kind}" role="img" aria-label="${summary(days)}" viewBox="0 0 ${days.length * 10} 100" preserveAspectRatio="none">${bars(days, kind === 'bars')}</svg>`;
}

/** A small chart for a line of a list. */
export function sparkline(days: readonly Day[]): Html {
  return svg(days, 'spark');
}

/** A chart with its scale and its sentence. */
export function dayChart(days: readonly Day[]): Html {
  const [first, last] = [days[0], days.at(-1)];
  const most = Math.max(...days.map(({ reports }) => reports));
  return view`<figure class="chart">
  <div class="plot"><span class="most" aria-hidden="true">${most}</span>${svg(days, 'bars')}</div>
  <div class="axis" aria-hidden="true"><span>${first && dayText(first.day)}</span><span>${last && dayText(last.day)}</span></div>
  <figcaption>${summary(days)}</figcaption>
</figure>`;
}
