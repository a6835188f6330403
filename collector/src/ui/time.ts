// Times for people. Milliseconds since the epoch in, UTC out: the collector does not know where its reader is.
import { type Html, view } from './markup.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The furthest a Date can be from the epoch (ECMA-262 §21.4.1.1). */
const MAX_TIME = 8.64e15;

/** `2026-11-23 06:37:10 UTC`. */
export function exactTime(ms: number): string {
  if (!(Math.abs(ms) <= MAX_TIME)) return 'unknown time';
  return `${new Date(ms).toISOString().slice(0, -5).replace('T', ' ')} UTC`;
}

/** `23 Nov 2026`. */
export function dayText(ms: number): string {
  if (!(Math.abs(ms) <= MAX_TIME)) return 'unknown day';
  const [, , day, month, year] = /^(\w+), (\d+) (\w+) (\d+)/.exec(new Date(ms).toUTCString()) ?? [];
  return `${Number(day)} ${month} ${year}`;
}

/** `just now`, `5 min ago`, `in 2 h` (a device's clock may be ahead); a date when it is more than 30 days. */
export function relativeTime(ms: number, now: number): string {
  const distance = Math.abs(now - ms);
  if (!(distance <= 30 * DAY)) return dayText(ms);
  if (distance < MINUTE) return 'just now';
  const amount =
    distance < HOUR
      ? `${Math.floor(distance / MINUTE)} min`
      : distance < 2 * DAY
        ? `${Math.floor(distance / HOUR)} h`
        : `${Math.floor(distance / DAY)} d`;
  return ms > now ? `in ${amount}` : `${amount} ago`;
}

/** A relative time that tells the exact one to machines and on hover. */
export function timeAgo(ms: number, now: number): Html {
  return timeTag(ms, relativeTime(ms, now));
}

export function timeExact(ms: number): Html {
  return timeTag(ms, exactTime(ms));
}

function timeTag(ms: number, text: string): Html {
  if (!(Math.abs(ms) <= MAX_TIME)) return view`<span>${text}</span>`;
  return view`<time datetime="${new Date(ms).toISOString()}" title="${exactTime(ms)}">${text}</time>`;
}

/** Minutes east of UTC as `UTC+02:00`. */
export function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
