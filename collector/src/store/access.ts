// Who may send, sign in, and use the API. Times are milliseconds since the epoch.

/** An app that may send. */
export interface App {
  readonly id: number;
  readonly name: string;
  /** UUID, lower case; sent as `App-Secret`. */
  readonly secret: string;
  /** Taken as well, while its clients are moved to `secret`; absent when no such change is under way. */
  readonly previousSecret?: string;
  /** Since when nothing is taken from it; absent while it may send. */
  readonly disabledAt?: number;
  readonly createdAt: number;
  /** Web origins whose pages alone may send, in lower case: `https://shop.example`. Absent: all may. */
  readonly origins?: readonly string[];
}

/** What of an app is to be another; what is absent stays as it is, whoever changes it meanwhile. */
export interface AppChange {
  readonly name?: string;
  /** Null: it may send again. An app that is disabled already stays so since then. */
  readonly disabledAt?: number | null;
  /** Null: all may send. */
  readonly origins?: readonly string[] | null;
  /** For an app with one secret, which is taken beside this one from now on. */
  readonly newSecret?: string;
  /** Its previous secret, which is not taken any more. */
  readonly endedSecret?: string;
}

/** A person who may sign in. */
export interface User {
  readonly name: string;
  /** As `auth` made it: algorithm, parameters, salt and hash in one string. */
  readonly passwordHash: string;
}

/** A signed-in browser. */
export interface Session {
  /** SHA-256 of the cookie's value, hex: a copied database signs nobody in. */
  readonly tokenHash: string;
  readonly userName: string;
  readonly expiresAt: number;
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
