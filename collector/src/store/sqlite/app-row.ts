import type { App } from '../store.js';

export type AppRow = Omit<App, 'previousSecret' | 'disabledAt' | 'origins'> & {
  previousSecret: string | null;
  disabledAt: number | null;
  /** With a blank between: no origin has one in it. */
  origins: string | null;
};

/** Of an `AppRow`. */
export const APP_COLUMNS = `id, name, secret, previous_secret AS previousSecret, disabled_at AS disabledAt,
  created_at AS createdAt, origins`;

export function toApp({ previousSecret, disabledAt, origins, ...app }: AppRow): App {
  return {
    ...app,
    ...(previousSecret !== null && { previousSecret }),
    ...(disabledAt !== null && { disabledAt }),
    ...(origins !== null && { origins: origins.split(' ') }),
  };
}
