// The part of a Store in memory that knows who may send, sign in and use the API.
import { type App, type AppChange, type Session, StoreError, type Token, type User } from '../store/store.js';

export class MemoryAccess {
  readonly #apps: App[] = [];
  readonly #users = new Map<string, User>();
  readonly #sessions = new Map<string, Session>();
  readonly #tokens = new Map<string, Token>();

  async apps() {
    return [...this.#apps];
  }

  async addApp(app: Omit<App, 'id'>) {
    const added = { ...app, id: this.#apps.length + 1 };
    this.#checkApp(added);
    this.#apps.push(added);
    return added;
  }

  async changeApp(id: number, { name, disabledAt, origins, newSecret, endedSecret }: AppChange) {
    const at = this.#apps.findIndex((app) => app.id === id);
    const app = this.#apps[at];
    if (!app || (newSecret && app.previousSecret) || (endedSecret && app.previousSecret !== endedSecret))
      return undefined;
    const next = {
      ...app,
      ...(name !== undefined && { name }),
      ...(disabledAt !== undefined && { disabledAt: disabledAt && (app.disabledAt ?? disabledAt) }),
      ...(origins !== undefined && { origins }),
      ...(newSecret && { secret: newSecret, previousSecret: app.secret }),
      ...(endedSecret && { previousSecret: null }),
    };
    const changed = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null));
    this.#checkApp(changed as unknown as App);
    this.#apps[at] = changed as unknown as App;
    return this.#apps[at];
  }

  #checkApp(app: App) {
    const others = this.#apps.filter(({ id }) => id !== app.id);
    if (others.some(({ name, secret }) => name === app.name || secret === app.secret))
      throw new StoreError('duplicate', `another app has the name ${app.name}`);
  }

  async user(name: string) {
    return this.#users.get(name);
  }

  async users() {
    return [...this.#users.keys()];
  }

  async putUser(user: User) {
    this.#users.set(user.name, user);
    for (const [hash, { userName }] of this.#sessions)
      if (userName === user.name) this.#sessions.delete(hash);
  }

  async removeUser(name: string) {
    return this.#users.delete(name);
  }

  async tokens() {
    return [...this.#tokens.values()];
  }

  async token(hash: string) {
    return (await this.tokens()).find(({ tokenHash }) => tokenHash === hash);
  }

  async addToken(token: Token) {
    this.#tokens.set(token.name, token);
  }

  async removeToken(name: string) {
    return this.#tokens.delete(name);
  }

  async putSession(session: Session) {
    this.#sessions.set(session.tokenHash, session);
  }

  async session(tokenHash: string, now: number) {
    const session = this.#sessions.get(tokenHash);
    return session && session.expiresAt > now ? session : undefined;
  }

  async removeSession(tokenHash: string) {
    this.#sessions.delete(tokenHash);
  }
}
