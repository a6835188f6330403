// Served from another origin, with and without CORS. The query says what to do.
function foreign() {
  throw new Error('in a script of another origin'); // @foreign
}

function foreignNull() {
  const item = null;
  return item.price; // @foreign-null
}

const ways = {
  sync: foreign,
  null: foreignNull,
  timer: () => setTimeout(foreign, 5),
  frame: () => requestAnimationFrame(foreign),
  microtask: () => queueMicrotask(foreign),
  listener: () => {
    addEventListener('shop', foreign);
    dispatchEvent(new Event('shop'));
  },
  reject: () => Promise.reject(new Error('rejected in a script of another origin')), // @foreign-reject
  async: async () => {
    await null;
    foreign();
  },
  // The page catches it: nothing is withheld from who catches.
  callable: () => {
    globalThis.foreign = foreign;
  },
};

ways[new URL(document.currentScript.src).searchParams.get('way')]();
