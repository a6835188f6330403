// Who may sign in, and the programs that may ask.

/** A person who may sign in. */
export interface User {
  readonly name: string;
  /** As `auth` made it: algorithm, parameters, salt and hash in one string. */
  readonly passwordHash: string;
}

/** What a program may do that shows a token: `read` what the site shows, `admin` also change it. */
export type Scope = 'read' | 'admin';

/** A program that may use the API. */
export interface Token {
  /** For people; no two tokens have one. */
  readonly name: string;
  /** SHA-256 of the token, hex: a copied database lets nobody in. */
  readonly tokenHash: string;
  readonly scope: Scope;
  readonly createdAt: number;
}

/** A signed-in browser. */
export interface Session {
  /** SHA-256 of the cookie's value, hex: a copied database signs nobody in. */
  readonly tokenHash: string;
  readonly userName: string;
  readonly expiresAt: number;
}
