// `app …`. The secret alone goes to stdout, for scripts.
import { type Apps, createApps } from '../access/apps.js';
import { ANY } from '../access/origins.js';
import type { App } from '../store/store.js';
import type { Arguments } from './arguments.js';
import { type Command, withStore } from './command.js';

const withApps = <T>({ flags }: Arguments, work: (apps: Apps) => Promise<T>): Promise<T> =>
  withStore(flags, (store) => work(createApps({ store, now: Date.now })));

/** Does something to the app a person named. */
const changed = (args: Arguments, change: (apps: Apps, app: App) => Promise<App>): Promise<App> =>
  withApps(args, async (apps) => change(apps, await apps.named(args.words[0] ?? '')));

const add: Command = {
  name: 'app add',
  takes: ['NAME'],
  options: ['data', 'secret'],
  summary: 'add an app and print its secret',
  async run(args) {
    const app = await withApps(args, (apps) => apps.add(args.words[0] ?? '', args.flags.secret));
    console.log(app.secret);
  },
};

const list: Command = {
  name: 'app list',
  takes: [],
  options: ['data'],
  summary: 'print the secret and the name of every app',
  async run(args) {
    for (const app of await withApps(args, (apps) => apps.list())) console.log(lineOf(app));
  },
};

function lineOf({ name, secret, previousSecret, disabledAt }: App): string {
  const old = previousSecret === undefined ? '' : `  (also ${previousSecret}, until "app rotate --finish")`;
  return `${secret}  ${name}${disabledAt === undefined ? '' : '  (disabled)'}${old}`;
}

const rename: Command = {
  name: 'app rename',
  takes: ['NAME', 'NEW-NAME'],
  options: ['data'],
  summary: 'give an app another name',
  async run(args) {
    const app = await changed(args, (apps, one) => apps.change(one, { name: args.words[1] ?? '' }));
    console.error(`It is ${app.name} now.`);
  },
};

const disable: Command = {
  name: 'app disable',
  takes: ['NAME'],
  options: ['data'],
  summary: 'take nothing more from an app; what was received stays',
  details: `Its clients are answered 403. App Center's SDKs then erase the reports they have queued: to make them wait
instead, stop the collector.`,
  async run(args) {
    const app = await changed(args, (apps, one) => apps.change(one, { disabled: true }));
    console.error(`${app.name} is disabled: nothing is taken from it within seconds.`);
  },
};

const enable: Command = {
  name: 'app enable',
  takes: ['NAME'],
  options: ['data'],
  summary: 'take from an app again',
  async run(args) {
    const app = await changed(args, (apps, one) => apps.change(one, { disabled: false }));
    console.error(`${app.name} is enabled.`);
  },
};

const origins: Command = {
  name: 'app origins',
  takes: ['NAME', '[ORIGINS]'],
  options: ['data'],
  summary: 'print or set the web origins whose pages alone may send',
  details: `Write several with commas between: https://shop.example,https://admin.example. The word any lets all pages
send again. A page of another origin is answered 403; what is no browser names no origin, and is not asked for one.`,
  async run(args) {
    const [name = '', text] = args.words;
    const app = await withApps(args, async (apps) => {
      const one = await apps.named(name);
      return text === undefined ? one : apps.change(one, { origins: text });
    });
    console.log(app.origins?.join('\n') ?? ANY);
  },
};

const rotate: Command = {
  name: 'app rotate',
  takes: ['NAME'],
  options: ['data', 'secret', 'finish'],
  summary: 'give an app a new secret and print it',
  details: `The old one is taken beside it until "app rotate NAME --finish": release the new one first. Clients that
still use the old one then are answered 401, and App Center's SDKs erase the reports they have queued.`,
  async run(args) {
    if (args.flags.finish) {
      const app = await changed(args, (apps, one) => apps.endRotation(one));
      return console.error(`The old secret of ${app.name} is not taken any more, within seconds.`);
    }
    const app = await changed(args, (apps, one) => apps.rotate(one, args.flags.secret));
    console.error(`${app.name} has a new secret; the old one is taken as well until "app rotate --finish":`);
    console.log(app.secret);
  },
};

export const APP_COMMANDS: readonly Command[] = [add, list, rename, disable, enable, origins, rotate];
