/**
 * When the first version of this program was written: no clock that is right says an earlier time. Never moved: what an
 * earlier version received since then was received then. Milliseconds since the epoch.
 */
export const WRITTEN = Date.UTC(2026, 10, 1);
