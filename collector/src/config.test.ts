import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError, toSettings } from './config.js';
import { APP_CENTER_LIMITS, DEFAULT_LIMITS } from './ingest/limits.js';

const DEFAULTS = {
  data: './data',
  host: '127.0.0.1',
  port: 8080,
  tlsCert: '',
  tlsKey: '',
  trustProxy: 'loopback',
  log: 'auto',
  keepDays: 0,
  limits: DEFAULT_LIMITS,
};

describe('settings', () => {
  it('have defaults', () => {
    expect(toSettings({})).toEqual(DEFAULTS);
    expect(readSettings({}, {})).toEqual(DEFAULTS);
  });

  it('come from the command line, else from the environment', () => {
    const env = { CRASHPOST_DATA: '/a', CRASHPOST_HOST: '::1', CRASHPOST_PORT: '0' };
    expect(readSettings({}, env)).toEqual({ ...DEFAULTS, data: '/a', host: '::1', port: 0 });
    const flags = { data: '/b', host: 'localhost', port: '65535' };
    expect(readSettings(flags, env)).toEqual({ ...DEFAULTS, data: '/b', host: 'localhost', port: 65535 });
  });

  it('take a certificate and whom to believe', () => {
    const flags = { 'tls-cert': 'a.pem', 'trust-proxy': '10.0.0.0/8' };
    const env = { CRASHPOST_TLS_KEY: 'b.pem', CRASHPOST_TRUST_PROXY: 'private', CRASHPOST_LOG: 'json' };
    const taken = { tlsCert: 'a.pem', tlsKey: 'b.pem', trustProxy: '10.0.0.0/8', log: 'json' };
    expect(readSettings(flags, env)).toEqual({ ...DEFAULTS, ...taken });
  });

  it('take some limits and keep the other defaults', () => {
    expect(toSettings({ limits: { rawBytes: 1 } }).limits).toEqual({ ...DEFAULT_LIMITS, rawBytes: 1 });
  });

  it('take the limits of App Center, and single ones after it', () => {
    expect(toSettings({ limits: 'app-center' }).limits).toEqual(APP_CENTER_LIMITS);
    const text = 'app-center, errorsPerMinute=7,requiredFields=true,pastMs=Infinity';
    const some = { errorsPerMinute: 7, requiredFields: true, pastMs: Number.POSITIVE_INFINITY };
    expect(readSettings({ limits: text }, {}).limits).toEqual({ ...APP_CENTER_LIMITS, ...some });
    expect(readSettings({}, { CRASHPOST_LIMITS: 'app-center' }).limits).toEqual(APP_CENTER_LIMITS);
  });

  it.each([
    '',
    'appcenter',
    'crashesPerMinute',
    'crashesPerMinute=x',
    'crashesPerMinute=-1',
    'requiredFields=1',
    'x=1',
  ])('do not take the limits %j', (limits) => {
    const what = 'app-center, or names and values with commas between';
    expect(() => readSettings({ limits }, {})).toThrow(
      `--limits takes ${what}, not ${JSON.stringify(limits)}; write e.g. --limits app-center,crashesPerMinute=600`,
    );
  });

  it.each([
    [{ port: 'abc' }, {}, '--port takes a number from 0 to 65535, not "abc"; write e.g. --port 8080'],
    [{ port: '70000' }, {}, '--port takes a number from 0 to 65535, not "70000"; write e.g. --port 8080'],
    [
      {},
      { CRASHPOST_PORT: '-1' },
      'CRASHPOST_PORT takes a number from 0 to 65535, not "-1"; write e.g. CRASHPOST_PORT=8080',
    ],
    [{ port: '' }, {}, '--port takes a number from 0 to 65535, not ""; write e.g. --port 8080'],
    [{ data: '' }, {}, '--data takes a folder, not ""; write e.g. --data data'],
    [
      { host: 'http://x' },
      {},
      '--host takes an address or a host name, not "http://x"; write e.g. --host 127.0.0.1',
    ],
    [
      { 'keep-days': '-1' },
      {},
      '--keep-days takes a number of days, or 0 to keep everything, not "-1"; write e.g. --keep-days 90',
    ],
    [{ log: 'xml' }, {}, '--log takes auto, text or json, not "xml"; write e.g. --log json'],
    [
      {},
      { CRASHPOST_TRUST_PROXY: 'yes' },
      'CRASHPOST_TRUST_PROXY takes none, loopback, private, or addresses with commas between them, not "yes"; ' +
        'write e.g. CRASHPOST_TRUST_PROXY=10.0.0.0/8',
    ],
    [
      { 'tls-cert': 'a.pem' },
      {},
      '--tls-cert and --tls-key go together: a certificate and its key, or neither',
    ],
  ])('%j %j is told', (flags, env, message) => {
    expect(() => readSettings(flags, env)).toThrow(new SettingsError(message));
  });

  it('given by a program are told in its words', () => {
    expect(() => toSettings({ port: 1.5 })).toThrow(
      'port takes a number from 0 to 65535, not 1.5; write e.g. port: 8080',
    );
    expect(() => toSettings({ host: 7 })).toThrow("write e.g. host: '127.0.0.1'");
  });
});
