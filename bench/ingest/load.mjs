// Posts as fast as answers come, in a process of its own: node load.mjs URL SECRET CONNECTIONS LOGS SECONDS SEED.
// Raw sockets and bodies built before: the machine's two cores are for who is measured. Prints one line of JSON.
import { connect } from 'node:net';
import { percentile } from '../table.mjs';

const [url, secret, ...numbers] = process.argv.slice(2);
const [connections, logs, seconds, seed] = numbers.map(Number);
const { hostname, port } = new URL(url);
const ID = '00000000-0000-4000-8000-000000000000';
const TYPES = 400;

/** A crash as App Center's Android SDK posts it: 3.4 kB, 16 frames. */
function logOf(n) {
  const frames = Array.from({ length: 16 }, (_, i) => ({
    className: `com.example.shop.${['cart', 'checkout', 'catalogue'][(n + i) % 3]}.Presenter$Inner${(n * 7 + i) % 50}`,
    methodName: `onResult${(n * 3 + i) % 90}`,
    fileName: 'Presenter.java',
    lineNumber: 10 + ((n * 13 + i * 5) % 900),
  }));
  return {
    type: 'managedError',
    timestamp: '2026-11-23T10:00:00.000Z',
    id: ID,
    sid: ID,
    userId: `customer-${n % 97}`,
    device: {
      sdkName: 'appcenter.android',
      sdkVersion: '5.0.6',
      model: 'Pixel 8',
      oemName: 'Google',
      osName: 'Android',
      osVersion: '14',
      osBuild: 'AP2A.240905.003',
      osApiLevel: 34,
      locale: 'en_US',
      timeZoneOffset: 60,
      screenSize: '1080x2400',
      appVersion: `2.${n % 9}.1`,
      appBuild: '241',
      appNamespace: 'com.example.shop',
      carrierName: 'Example',
      carrierCountry: 'at',
    },
    processId: 4711,
    processName: 'com.example.shop',
    errorThreadId: 2,
    errorThreadName: 'main',
    fatal: true,
    appLaunchTimestamp: '2026-11-23T09:59:00.000Z',
    architecture: 'arm64-v8a',
    exception: {
      type: `com.example.shop.Error${n % TYPES}`,
      message: `item ${n} is not in the cart`,
      frames,
    },
  };
}

/** A whole request and where the ids of its logs are, to be written anew for each post. */
function requestOf(n) {
  const body = JSON.stringify({ logs: Array.from({ length: logs }, (_, i) => logOf(n * 31 + i)) });
  const head = [
    'POST /logs?api-version=1.0.0 HTTP/1.1',
    `Host: ${hostname}:${port}`,
    'Content-Type: application/json',
    `App-Secret: ${secret}`,
    `Install-ID: 11111111-2222-4333-8444-${String(n).padStart(12, '0')}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  const bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
  const places = [];
  const mark = Buffer.from(`"id":"${ID}"`);
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) places.push(at + 6);
  return { bytes, places };
}

let ids = 0;
const latencies = [];
const statuses = {};
const start = performance.now();
const end = start + seconds * 1000;

function freshen({ bytes, places }) {
  for (const at of places) {
    const id = (++ids).toString(16).padStart(12, '0');
    bytes.write(seed.toString(16).padStart(8, '0'), at, 'latin1');
    bytes.write(id, at + 24, 'latin1');
  }
}

function run(n) {
  return new Promise((resolve, reject) => {
    const request = requestOf(n);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let sentAt = 0;
    let answer = '';
    const post = () => {
      if (performance.now() >= end) {
        socket.destroy();
        return resolve();
      }
      freshen(request);
      sentAt = performance.now();
      answer = '';
      socket.write(request.bytes);
    };
    socket.setEncoding('latin1').on('connect', post).on('error', reject);
    socket.on('data', (text) => {
      answer += text;
      const head = answer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1]);
      if (answer.length < head + 4 + length) return;
      const status = answer.slice(9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      latencies.push(performance.now() - sentAt);
      post();
    });
    // After our own end it is settled, and this says nothing.
    socket.on('close', () => reject(new Error('the server hung up')));
  });
}

await Promise.all(Array.from({ length: connections }, (_, n) => run(n)));
const took = (performance.now() - start) / 1000;
const at = (share) => percentile(latencies, share);
const reports = latencies.length * logs;
console.log(JSON.stringify({ perSecond: reports / took, p50: at(0.5), p99: at(0.99), reports, statuses }));
