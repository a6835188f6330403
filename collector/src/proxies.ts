// Whose word is taken for where a request came from. Anybody can write X-Forwarded-For; only what a proxy we know
// says of its client counts.
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Whether the proxy at an address is believed. */
export type Trust = (address: string) => boolean;

/** Who asks, as far as it is known. */
export interface Client {
  /** Its IP address. */
  readonly address: string;
  /** Whether it speaks TLS, to us or to a proxy that is believed. */
  readonly isSecure: boolean;
}

const LOOPBACK = ['127.0.0.0/8', '::1'];
const NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['none', []],
  ['loopback', LOOPBACK],
  ['private', [...LOOPBACK, '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']],
]);

/** `none`, `loopback`, `private`, addresses and networks (`10.0.0.0/8`), commas between; undefined for what is none. */
export function toTrust(text: string): Trust | undefined {
  const list = new BlockList();
  const parts = text.split(',').map((part) => part.trim());
  for (const part of parts.flatMap((name) => NAMES.get(name) ?? [name]))
    if (!add(list, part)) return undefined;
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}

function add(list: BlockList, text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (bits === undefined) list.addAddress(address, family);
  else if (!/^\d{1,3}$/.test(bits) || Number(bits) > (version === 6 ? 128 : 32)) return false;
  else list.addSubnet(address, Number(bits), family);
  return true;
}

/** Who sent a request, by its connection and by what proxies that are believed say of it. */
export function clientOf(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  trusts: Trust,
): Client {
  const peer = socket.remoteAddress ?? '';
  const isSecure = socket instanceof TLSSocket;
  if (!trusts(peer)) return { address: peer, isSecure };
  let address = peer;
  // The last is whom the nearest proxy saw; before it stands what that one said, if it is believed as well.
  for (const text of (headers['x-forwarded-for'] ?? '').toString().split(',').reverse()) {
    const hop = withoutPort(text.trim());
    if (isIP(hop) === 0) break;
    address = hop;
    if (!trusts(hop)) break;
  }
  const [protocol = ''] = (headers['x-forwarded-proto'] ?? '').toString().split(',');
  return { address, isSecure: isSecure || protocol.trim().toLowerCase() === 'https' };
}

/** Some proxies name the port too: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(text: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}
