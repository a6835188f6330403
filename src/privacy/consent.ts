import { attempt } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';

/** Where `localStorage` remembers what the person has said, for all apps of the origin: `YES`, `NO`, or nothing yet. */
export const CONSENT_NAME = 'crashpost.consent';
export const YES = 'yes';
/** What is stored has still to be erased. */
export const ERASE = 'erase';
export const NO = 'no';

/** What reporters in workers are told. */
export interface Withdrawal {
  readonly erase: true;
}

export type Answer = string | null | undefined;

export const readAnswer = ({ local }: Platform): Answer => attempt(() => local?.getItem(CONSENT_NAME));

/** Where nothing can be stored, the answer holds for this page alone. */
export const keepAnswer = ({ local }: Platform, answer: string): void =>
  attempt(() => local?.setItem(CONSENT_NAME, answer));
