// The entry of a store thread: opens its side of the data folder, says how that went, then answers groups of
// calls until it is told to close. All SQL and all deflating happen here, never on the HTTP thread.
import { parentPort, workerData } from 'node:worker_threads';
import type { Reply, ThreadData, ToThread } from './calls.js';
import { type Core, openReader, openWriter } from './core.js';
import { refusal } from './dispatch.js';
import { crossed } from './pack.js';

function serve({ folder, role, held }: ThreadData, port: NonNullable<typeof parentPort>): void {
  let core: Core;
  try {
    core = role === 'writer' ? openWriter(folder, held) : openReader(folder);
  } catch (error) {
    port.postMessage([refusal(error)]);
    return;
  }
  port.on('message', (message: ToThread) => {
    if (message === 'close') {
      core.close();
      port.close();
    } else port.postMessage(core.dispatch(crossed(message.calls, message.memory)));
  });
  const opened: Reply = { ok: true, value: undefined };
  port.postMessage([opened]);
}

if (parentPort) serve(workerData as ThreadData, parentPort);
