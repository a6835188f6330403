import { writeFileSync } from 'node:fs';
import { createReader } from './catalogue/arrived.js';
import { serveCatalogue } from './catalogue/server.js';
import { readEntries } from './catalogue/sources.js';
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { test } from './fixtures.js';

for (const name of ENGINE_NAMES)
  test(name, async ({ collector }) => {
    test.setTimeout(200_000);
    await collector.start();
    const entries = readEntries();
    const server = await serveCatalogue({ entries, appSecret: collector.secret, logUrl: collector.url });
    const engine = await openEngine(name);
    let t = Date.now();
    await engine.open(server.url + '/');
    await server.done;
    console.log(name, entries.length, 'entries', Date.now() - t);
    t = Date.now();
    await new Promise((r) => setTimeout(r, 1000));
    const logs = await createReader(collector)();
    console.log(name, logs.length, 'logs', Date.now() - t);
    writeFileSync(
      `/tmp/dump-${name}.json`,
      JSON.stringify(
        {
          url: server.url,
          other: server.other,
          logs: entries.map((e) => ({ name: e.name, logs: logs.filter((l) => l.userId === e.name) })),
        },
        null,
        1,
      ),
    );
    await engine.close();
    await server.close();
  });
