// `node --experimental-websocket discard.mjs PORT ADDRESS`: has Chromium discard the tab at ADDRESS as it does when memory
// is short, through its own page for it, and then shows the tab again. A program of its own: what drives a browser looks
// into every tab, and a tab that is looked into is not discarded.
import { setTimeout as pause } from 'node:timers/promises';

const [port, address] = process.argv.slice(2);
const ask = async (path, method = 'GET') =>
  (await fetch(`http://127.0.0.1:${port}${path}`, { method })).text();
const targets = async () => JSON.parse(await ask('/json/list'));

/** Runs in the page for it: the link is somewhere in a tree of shadow roots. */
function press(address) {
  const all = (root) =>
    [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  const row = all(document).find((one) => one.localName === 'tr' && one.textContent.includes(address));
  const link = [...(row?.querySelectorAll('*') ?? [])].find(
    (one) => one.children.length === 0 && /urgent discard/i.test(one.textContent),
  );
  link?.click();
  return link ? 'pressed' : 'no link';
}

async function evaluate(url, expression) {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
  const answer = new Promise((resolve) => {
    socket.onmessage = ({ data }) => resolve(JSON.parse(data).result.result.value);
  });
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }));
  const value = await answer;
  socket.close();
  return value;
}

const page = JSON.parse(await ask('/json/new?chrome://discards/', 'PUT'));
await pause(2_000);
console.log(await evaluate(page.webSocketDebuggerUrl, `(${press})(${JSON.stringify(address)})`));
await pause(2_000);
const tab = (await targets()).find(({ url }) => url.startsWith(address));
console.log(tab ? await ask(`/json/activate/${tab.id}`) : 'the tab is gone');
