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
  // What is called back neither by a timer nor by a listener that was added.
  property: () => {
    const image = new Image();
    image.onload = foreign;
    image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
  },
  observer: () => {
    new MutationObserver(foreign).observe(document.head, { childList: true });
    document.head.append('x');
  },
  element: () => {
    customElements.define(
      'shop-button',
      class extends HTMLElement {
        connectedCallback() {
          foreign();
        }
      },
    );
    document.body.append(document.createElement('shop-button'));
  },
  report: () => setTimeout(() => reportError(new Error('in a script of another origin')), 5), // @foreign-report
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
