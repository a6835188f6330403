import { createHash } from 'node:crypto';
import { BASE } from './style-base.js';
import { PAGES } from './style-pages.js';

export const STYLE = BASE + PAGES;

/** Named by its content, so that browsers may keep it for ever and never show a page with the wrong one. */
export const STYLE_PATH = `/assets/site-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`;
