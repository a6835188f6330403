// Texts that stand for something: ids, pages and times, in addresses, posts and answers.

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

// As .NET's Guid writes itself besides: "N", "B" and "P" of
// https://learn.microsoft.com/dotnet/api/system.guid.tostring
const OTHER_FORMS = /^[{(]?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})[)}]?$/;

/** A UUID of any version and case, in lower case and with dashes; undefined for anything else. */
export function parseUuid(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const id = value.trim().toLowerCase();
  if (UUID.test(id)) return id;
  return OTHER_FORMS.exec(id)?.slice(1).join('-');
}

/** The id a path names; absent for what no store hands out. */
export function idIn(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

/** Rows of a page. */
const PAGE = 50;

/**
 * The page of a list that an address names, from 1, and whether there is another; the first for what is no page.
 * @param read what `Store` calls a page of rows.
 */
export async function pageOf<T>(
  text: string | undefined,
  read: (page: { limit: number; offset: number }) => Promise<T[]>,
): Promise<{ page: number; rows: T[]; more: boolean }> {
  const page = text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
  const rows = await read({ limit: PAGE + 1, offset: (page - 1) * PAGE });
  return { page, rows: rows.slice(0, PAGE), more: rows.length > PAGE };
}

/** The furthest a Date can be from the epoch (ECMA-262 §21.4.1.1). */
const MAX_TIME = 8.64e15;

/** ISO 8601 in UTC; the nearest there is for what a device's clock may say. */
export function timeText(ms: number): string {
  return new Date(Math.max(-MAX_TIME, Math.min(MAX_TIME, ms))).toISOString();
}
