import type { Engine, EngineName } from './engine.js';
import { openChromium, openFirefox } from './playwright.js';
import { openWebKit } from './webkit.js';

const OPEN: Record<EngineName, () => Promise<Engine>> = {
  chromium: openChromium,
  firefox: openFirefox,
  webkit: openWebKit,
};

/** A fresh browser of that engine, with nothing stored. */
export const openEngine = (name: EngineName): Promise<Engine> => OPEN[name]();
