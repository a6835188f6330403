import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generatePassword, hashPassword, verifyPassword } from './password.js';

describe('hashPassword and verifyPassword', () => {
  it('take the right password and no other', async () => {
    const hash = await hashPassword('correct horse');
    expect(await verifyPassword('correct horse', hash)).toBe(true);
    expect(await verifyPassword('correct horse ', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  it('salt every hash and keep the cost in it', async () => {
    const [a, b] = await Promise.all([hashPassword('x'), hashPassword('x')]);
    expect(a).not.toBe(b);
    expect(a).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  });

  it('are scrypt as others compute it, with the cost the hash names', async () => {
    const salt = Buffer.alloc(16, 7);
    const key = scryptSync('x', salt, 32, { N: 1024, r: 4, p: 2 });
    const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
    expect(await verifyPassword('x', `$scrypt$ln=10,r=4,p=2$${text(salt)}$${text(key)}`)).toBe(true);
    expect(await verifyPassword('x', `$scrypt$ln=10,r=4,p=1$${text(salt)}$${text(key)}`)).toBe(false);
  });

  it('take the same letters composed otherwise', async () => {
    expect(await verifyPassword('u\u0308', await hashPassword('\u00fc'))).toBe(true);
  });

  it.each(['', 'x', '$2b$10$abc', '$scrypt$ln=15,r=8,p=1$$', `$scrypt$ln=15,r=8,p=1$${'A'.repeat(22)}$`])(
    'find no password in %j',
    async (hash) => expect(await verifyPassword('', hash)).toBe(false),
  );

  it('refuse what is too long to be a password', async () => {
    await expect(hashPassword('x'.repeat(1001))).rejects.toThrow('at most 1000 characters');
    expect(await verifyPassword('x'.repeat(1001), await hashPassword('x'))).toBe(false);
  });
});

it('generatePassword gives at least 100 bits, readable and never the same', () => {
  const passwords = Array.from({ length: 500 }, generatePassword);
  expect(new Set(passwords).size).toBe(500);
  const characters = new Set(passwords.join('').replaceAll('-', ''));
  for (const password of passwords) expect(password).toMatch(/^(?:\w{5}-){3}\w{5}$/);
  for (const mistakable of '0O1Il') expect(characters).not.toContain(mistakable);
  expect(20 * Math.log2(characters.size)).toBeGreaterThan(100);
});
