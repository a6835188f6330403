// What stands in the addresses and answers of the API.

/** The id a path names; absent for what no store hands out. */
export function idIn(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

/** The page asked for, from 1; 1 for what is no page. */
export function pageIn(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}

/** The furthest a Date can be from the epoch (ECMA-262 §21.4.1.1). */
const MAX_TIME = 8.64e15;

/** ISO 8601 in UTC; the nearest there is for what a device's clock may say. */
export function timeText(ms: number): string {
  return new Date(Math.max(-MAX_TIME, Math.min(MAX_TIME, ms))).toISOString();
}
