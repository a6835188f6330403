import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { clientOf, toTrust } from './proxies.js';

describe('whom to believe', () => {
  it.each([
    ['none', '127.0.0.1', false],
    ['loopback', '127.0.0.1', true],
    ['loopback', '::1', true],
    ['loopback', '::ffff:127.0.0.1', true],
    ['loopback', '10.0.0.1', false],
    ['private', '10.9.8.7', true],
    ['private', '172.31.0.1', true],
    ['private', '::ffff:192.168.0.9', true],
    ['private', 'fd00::1', true],
    ['private', '172.32.0.1', false],
    ['192.0.2.7, 10.0.0.0/8', '192.0.2.7', true],
    ['192.0.2.7, 10.0.0.0/8', '10.1.1.1', true],
    ['192.0.2.7, 10.0.0.0/8', '127.0.0.1', false],
    ['loopback,2001:db8::/32', '2001:db8:9::1', true],
    ['loopback', '', false],
  ])('%s: %s is %s', (text, address, isTrusted) => expect(toTrust(text)?.(address)).toBe(isTrusted));

  it.each([
    '',
    'yes',
    '10.0.0.0/33',
    '10.0.0',
    '10.0.0.0/8/8',
    '10.0.0.0/x',
    'loopback,',
    '*',
    'constructor',
  ])('is not said by %j', (text) => expect(toTrust(text)).toBeUndefined());
});

describe('the client', () => {
  const trusts = toTrust('loopback, 10.0.0.0/8') ?? expect.unreachable();
  const from = (remoteAddress: string, headers: Record<string, string> = {}, socket: object = {}) =>
    clientOf(
      { socket: Object.assign(socket, { remoteAddress }), headers } as unknown as IncomingMessage,
      trusts,
    );

  it.each([
    ['198.51.100.1', '203.0.113.9', '198.51.100.1'],
    ['127.0.0.1', '203.0.113.9, 198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', '203.0.113.9, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['127.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['127.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
    ['127.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['127.0.0.1', 'unknown', '127.0.0.1'],
    ['127.0.0.1', '203.0.113.9, unknown, 10.0.0.2', '10.0.0.2'],
    ['127.0.0.1', '', '127.0.0.1'],
  ])('at %s that says "%s" is %s', (peer, header, address) =>
    expect(from(peer, { 'x-forwarded-for': header }).address).toBe(address),
  );

  it('speaks TLS to us, or to a proxy that is believed', () => {
    const proto = { 'x-forwarded-proto': 'https, http' };
    expect(from('127.0.0.1', proto).isSecure).toBe(true);
    expect(from('198.51.100.1', proto).isSecure).toBe(false);
    expect(from('127.0.0.1', { 'x-forwarded-proto': 'javascript' }).isSecure).toBe(false);
    expect(
      from('198.51.100.1', {}, Object.create(TLSSocket.prototype, { remoteAddress: { writable: true } }))
        .isSecure,
    ).toBe(true);
  });
});
