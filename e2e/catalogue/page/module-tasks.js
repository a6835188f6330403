// A module of the page's own origin, which the platform calls back. The query says how.
function fromModuleTask() {
  throw new Error('in a callback of a module'); // @module-task
}

const ways = {
  timer: () => setTimeout(fromModuleTask, 5),
  // What minifiers make of a callback: a tail call, after which none of the page's own functions is on the stack.
  tail: () => setTimeout(() => JSON.parse('<'), 5), // @module-tail
  frame: () => requestAnimationFrame(fromModuleTask),
  microtask: () => queueMicrotask(fromModuleTask),
  listener: () => {
    addEventListener('shop', fromModuleTask);
    dispatchEvent(new Event('shop'));
  },
  async: async () => {
    await null;
    fromModuleTask();
  },
};

ways[new URL(import.meta.url).searchParams.get('way')]();
