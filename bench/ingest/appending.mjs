// The collector as it is, HTTP, reading, checking and answering, but that a post is appended to one file and no more: what
// is between the two is what SQLite and the thread that writes cost.
// `node appending.mjs FILE SECRET` prints its address.
import { openSync } from 'node:fs';
import { createApp } from '../../build/collector/src/app.js';
import { DEFAULT_LIMITS } from '../../build/collector/src/ingest/limits.js';
import { listen } from '../../build/collector/src/server.js';
import { createAppend } from './append.mjs';

const [file, secret] = process.argv.slice(2);
const append = createAppend(openSync(file, 'a'));

const app = { id: 1, name: 'bench', secret, createdAt: 0 };

const nothing = async () => undefined;
const store = {
  apps: async () => [app],
  keep: ({ logs }) =>
    new Promise((done) => append(Buffer.from(logs.map(({ json }) => json).join('\n')), done)),
  unpack: async () => false,
  keepRefused: nothing,
  secretsCounted: nothing,
  keepSecretsCounted: nothing,
};
const settings = { limits: { ...DEFAULT_LIMITS, crashesPerMinute: 1e9, errorsPerMinute: 1e9 } };
/** There is nothing to group: the collector's own is grouped when it is not measured. */
const digests = { next: async () => ({ digests: [], faults: [], more: false }), close: nothing };
const log = (message, error) => console.error(message, error);
const served = createApp({ store, digests, settings, log });
const { url } = await listen(served, { host: '127.0.0.1', port: 0 });
console.log(url);
