// A file that what is appended to it is on the disk of: one fdatasync for all who wait, as the collector commits.
import { fdatasync, writevSync } from 'node:fs';

/** `append(body, done)`: `done` is called when the body is on the disk. */
export function createAppend(descriptor) {
  let waiting = [];
  let isBusy = false;
  const pump = () => {
    const group = waiting;
    waiting = [];
    isBusy = group.length > 0;
    if (!isBusy) return;
    writevSync(
      descriptor,
      group.map(({ body }) => body),
    );
    fdatasync(descriptor, (error) => {
      if (error) throw error;
      for (const { done } of group) done();
      pump();
    });
  };
  return (body, done) => {
    waiting.push({ body, done });
    if (!isBusy) {
      isBusy = true;
      setImmediate(pump);
    }
  };
}
