// What every worker of the page does; the line before says which reporter it has. Its name says what to do: `action|text`.
function fail(text) {
  throw new Error(text); // @throw
}

async function refuse(text) {
  throw new RangeError(text); // @reject
}

const ACTIONS = {
  throw: fail,
  // Not before its reporter knows where to post.
  later: (text) => setTimeout(fail, 700, text),
  reject: refuse,
  text: (text) => {
    throw `${text}`; // @text
  },
  nothing: () => {
    throw null; // @nothing
  },
  burst: (text) => {
    for (let i = 0; i < 20; i++) setTimeout(fail, i, text);
  },
  nest: (rest) => {
    const [script, ...name] = rest.split('>');
    self.inner = new Worker(`/w/${script}.js`, { name: name.join('>').replace('>', '|') });
    self.inner.onmessage = () => postMessage('inner ran');
  },
};

function act(name) {
  // To the worker that began this one. A shared worker has nobody to tell.
  self.postMessage?.('ran');
  const at = name.indexOf('|');
  ACTIONS[name.slice(0, at)](name.slice(at + 1));
}

if (self.name) setTimeout(act, 0, self.name);
