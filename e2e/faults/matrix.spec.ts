// The fault matrix: what is thrown arrives, once, whatever happens in between. `npm run test:faults -- --long` for 20
// trials a cell, and the table docs/faults.md.
import { expect } from '@playwright/test';
import { ENGINE_NAMES } from '../engines/engine.js';
import { LONG, runCell, SHORT } from './cell.js';
import { keepResult } from './results.js';
import { FORM, isDone, isDue, RUN } from './row.js';
import { ROWS } from './rows.js';
import { test } from './setting.js';

const scale = FORM === 'long' ? LONG : SHORT;

for (const row of ROWS)
  for (const engine of ENGINE_NAMES) {
    if (!isDue(row, engine) || isDone(row.id, engine)) continue;
    test(`${row.id} ${engine}: ${row.title}`, async ({ setting }) => {
      const finding = row.finding?.[engine];
      if (finding) test.fail(true, finding);
      test.setTimeout(FORM === 'long' ? 1_500_000 : 120_000 + (row.patience ?? 0));
      await setting.ours({ engine, isPrivate: row.isPrivate }, async (parts) => {
        const figures = await runCell(row, parts, scale);
        keepResult(RUN, { ...figures, version: await parts.stage.browser.version() });
        const { thrown, delivered, shownTwice, strange } = figures;
        expect({ shownTwice, strange }).toEqual({ shownTwice: 0, strange: [] });
        expect(delivered).toBeGreaterThanOrEqual(thrown * (row.share?.[engine] ?? 1));
      });
    });
  }
