// Passwords, kept as scrypt hashes in the PHC string format
// (https://github.com/P-H-C/phc-string-format): $scrypt$ln=15,r=8,p=1$salt$hash
import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  /** Base-2 logarithm of N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB and about 100 ms per hash: a copied data folder is slow to guess from. */
const COST: Cost = { ln: 15, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** What is longer is no password, but work for the server. Characters. */
export const MAX_PASSWORD = 1000;

const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]{8,86})\$([\w+/]{22,172})$/;

/** Letters and digits that nobody mistakes for others when they copy them: no 0 O, 1 I l, no vowels for no words. */
const ALPHABET = '23456789bcdfghjkmnpqrstvwxyzBCDFGHJKLMNPQRSTVWXYZ';
/** 20 of 49 characters are 112 bits. */
const GENERATED_LENGTH = 20;

/** The string to keep for a password. Rejects with a RangeError when it has more than 1,000 characters. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length > MAX_PASSWORD)
    throw new RangeError(`A password has at most ${MAX_PASSWORD} characters`);
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, { ...COST, length: HASH_BYTES });
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Whether `hash`, as `hashPassword` made it, is this password's. False for what is no such hash. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, ln, r, p, salt = '', kept = ''] = PHC.exec(hash) ?? [];
  if (!kept || password.length > MAX_PASSWORD) return false;
  const expected = Buffer.from(kept, 'base64');
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const actual = await derive(password, Buffer.from(salt, 'base64'), { ...cost, length: expected.length });
  return timingSafeEqual(actual, expected);
}

/** A password of 112 random bits in groups of five, for a person to copy. */
export function generatePassword(): string {
  const characters = Array.from({ length: GENERATED_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return characters.join('').replace(/.{5}(?=.)/g, '$&-');
}

/** Off the main thread. Rejects where scrypt refuses the cost. */
function derive(password: string, salt: Buffer, { ln, r, p, length }: Cost & { length: number }) {
  const N = 2 ** ln;
  // scrypt takes 128·N·r bytes; Node's default limit is exactly that much for this cost, and refuses it.
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise<Buffer>((resolve, reject) => {
    // One form of composed letters: keyboards differ (RFC 8265 §4.2.2).
    scrypt(password.normalize('NFC'), salt, length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
