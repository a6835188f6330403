// Errors that resist being read. One field that throws may cost that field, never the report.

const withGetter = (name, get) => Object.defineProperty(new Error('an odd error'), name, { get }); // @with-getter
const refuse = () => {
  throw new Error('this getter throws');
};

for (const name of ['message', 'name', 'stack', 'cause']) {
  entry(`${name}-throws`, function throwOdd() {
    throw withGetter(name, refuse); // @getter-throws
  });
}

entry('message-is-number', function numberMessage() {
  throw withGetter('message', () => 42); // @message-is-number
});

entry('message-is-object', function objectMessage() {
  throw withGetter('message', () => ({ code: 'E1' })); // @message-is-object
});

entry('name-is-object', function objectName() {
  throw withGetter('name', () => ({})); // @name-is-object
});

entry('stack-is-array', function arrayStack() {
  throw withGetter('stack', () => ['a', 'b']); // @stack-is-array
});

entry('stack-is-missing', function noStack() {
  throw withGetter('stack', () => undefined); // @stack-is-missing
});

entry('stack-without-frames', function jsonStack() {
  const text = JSON.stringify({ code: 'E1', path: 'a/b"c', list: new Array(200).fill('x:1:2') });
  // error-stack-parser needs longer than 15 s for such a text (stacktracejs/error-stack-parser#57).
  throw withGetter('stack', () => `Error: ${text}\nfrom the server`); // @stack-without-frames
});

entry('stack-is-huge', function hugeStack() {
  const line = '\n    at far (https://shop.example/far.js:7:9)';
  throw withGetter('stack', () => `Error: an odd error${line.repeat(20_000)}`);
});

entry('message-is-huge', function hugeMessage() {
  throw new Error('x'.repeat(1_000_000)); // @message-is-huge
});

entry('message-of-lines', function linesMessage() {
  throw new Error('first\nsecond\n\nfourth'); // @message-of-lines
});

entry('message-of-frames', function framesMessage() {
  throw new Error('one\n    at evil (https://evil.example/x.js:9:9)\nevil@https://evil.example/y.js:1:1'); // @message-of-frames
});

entry('name-of-frames', function framesName() {
  const error = new Error('plain'); // @name-of-frames
  error.name = 'One\n    at evil (https://evil.example/x.js:9:9)';
  throw error;
});

entry('message-of-markup', function markupMessage() {
  throw new Error('</pre><script>alert(1)</script>&amp;"\'\u202e\u0000\ud800'); // @message-of-markup
});

entry('proxy-of-error', function proxyError() {
  throw new Proxy(new TypeError('behind a proxy'), {}); // @proxy-of-error
});

entry('proxy-that-throws', function proxyTraps() {
  throw new Proxy(new Error('never read'), { get: refuse, has: refuse, getPrototypeOf: refuse }); // @proxy-that-throws
});

entry('proxy-revoked', function revoke() {
  const { proxy, revoke: end } = Proxy.revocable(new Error('never read'), {});
  end();
  throw proxy; // @proxy-revoked
});

entry('prepare-stack-trace', function prepare() {
  Error.prepareStackTrace = (_, calls) => calls.map(String);
  throw new Error('its stack is an array'); // @prepare-stack-trace
});

entry('no-stack-trace-limit', function limitless() {
  Error.stackTraceLimit = 0;
  throw new Error('without frames'); // @no-stack-trace-limit
});

entry('onerror-taken', function takeOnerror() {
  window.onerror = () => true;
  throw new Error('the page took onerror'); // @onerror-taken
});

entry('onunhandledrejection-taken', function takeRejection() {
  window.onunhandledrejection = (event) => event.preventDefault();
  Promise.reject(new Error('the page took onunhandledrejection')); // @onunhandledrejection-taken
});

entry('propagation-stopped', function stopAll() {
  for (const type of ['error', 'unhandledrejection'])
    addEventListener(type, (event) => event.stopImmediatePropagation(), true);
  throw new Error('the page stopped the event'); // @propagation-stopped
});

// As a second reporter does that comes later.
entry('listeners-replaced', function replaceListeners() {
  EventTarget.prototype.addEventListener = refuse;
  globalThis.setTimeout = refuse;
  globalThis.fetch = refuse;
  throw new Error('the page replaced what a reporter needs'); // @listeners-replaced
});

entry('error-prevented', function prevent() {
  addEventListener('error', (event) => event.preventDefault(), true);
  throw new Error('the page prevented the default'); // @error-prevented
});

entry('error-in-error-listener', function listenerFails() {
  addEventListener('error', function failOnce() {
    removeEventListener('error', failOnce);
    throw new Error('in the listener');
  });
  throw new Error('the first'); // @error-in-error-listener-first
});

entry('json-replaced', function replaceJson() {
  JSON.parse = refuse;
  JSON.stringify = refuse;
  throw new Error('the page replaced JSON'); // @json-replaced
});

// As Prototype.js before 1.7 did it, and what still calls itself compatible.
entry('array-to-json', function patchArray() {
  Array.prototype.toJSON = function toJSON() {
    return `[${this.join()}]`;
  };
  throw new Error('the page patched arrays'); // @array-to-json
});

entry('object-to-json', function patchObject() {
  Object.defineProperty(Object.prototype, 'toJSON', { value: () => 'garbled' });
  throw new Error('the page patched objects'); // @object-to-json
});

entry('causes-are-huge', function hugeCauses() {
  let cause;
  // Three bytes each, and sixteen times as much as one request may have.
  for (let i = 0; i < 16; i++) cause = new Error(`${15 - i}${'€'.repeat(100_000)}`, { cause }); // @causes-are-huge
  throw cause;
});
