import { readSettings, type Settings } from '../config.js';
import { type Log, logToStderr } from '../log.js';
import { type Collector, FIRST_USER, startCollector } from '../main.js';
import { VERSION } from '../version.js';
import type { Arguments } from './arguments.js';
import type { Command } from './command.js';

export const SERVE: Command = {
  name: 'serve',
  takes: [],
  options: ['data', 'host', 'port', 'tls-cert', 'tls-key', 'trust-proxy', 'limits', 'keep-days', 'log'],
  summary: 'start the collector; runs until SIGTERM or SIGINT, then stops in good order',
  details: `The first start on a data folder makes the user ${FIRST_USER} and prints the password, once; or takes
CRASHPOST_ADMIN_PASSWORD from the environment.

--limits app-center takes no more than App Center did: 60 crashes and 60 errors a minute, 25 days back, 3 days ahead.
Single limits have commas between: crashesPerMinute=600,errorsPerMinute=600.`,
  run: serve,
};

async function serve({ flags }: Arguments): Promise<void> {
  const settings = readSettings(flags, process.env);
  const adminPassword = process.env.CRASHPOST_ADMIN_PASSWORD;
  const { log: format, tlsCert, tlsKey, ...rest } = settings;
  const log = logToStderr(format);
  const tls = tlsCert === '' ? {} : { tlsCert, tlsKey };
  const onDeath = (error: Error) => endAfterDeath(error, log);
  const collector = await startCollector({ ...rest, ...tls, log, adminPassword, onDeath });
  log(`crashpost-collector ${VERSION} listens at ${collector.url}, data in ${settings.data}`);
  if (isOpen(settings))
    log('passwords and reports travel in the clear: give it TLS, or put a proxy with TLS in front');
  stopOnSignal(collector, log);
  const apps = await collector.apps();
  const option = settings.data === './data' ? '' : ` --data ${settings.data}`;
  console.log(`crashpost-collector ${VERSION}

  Address  ${collector.url}/
  Sign in  ${howToSignIn(collector.firstRun, { given: Boolean(adminPassword), option })}
  Apps     ${apps.length || `none yet; add one: crashpost-collector app add NAME${option}`}
  Data     ${settings.data}
`);
}

/** Whether others on the network can read along. Who names a proxy has it in front. */
function isOpen({ host, tlsCert, trustProxy }: Settings): boolean {
  return tlsCert === '' && trustProxy === 'loopback' && !/^(?:localhost|127\.[\d.]+|::1)$/.test(host);
}

/** Ends at once, so that who supervises the process starts another: what was acknowledged is on the disk. */
function endAfterDeath(error: Error, log: Log): void {
  log('the collector ends, to be started again', error);
  process.exit(1);
}

function howToSignIn(
  firstRun: Collector['firstRun'],
  { given, option }: { given: boolean; option: string },
): string {
  if (!firstRun) {
    return `password forgotten? crashpost-collector user password ${FIRST_USER}${option}`;
  }
  // A password that was given is known, and the output of services ends in logs.
  if (given) return `as ${firstRun.user} with the password of CRASHPOST_ADMIN_PASSWORD`;
  return `as ${firstRun.user} with the password ${firstRun.password} (shown this once)`;
}

function stopOnSignal(collector: Collector, log: Log): void {
  const stop = (signal: NodeJS.Signals) => {
    log(`${signal}: answering what was read, then stopping`);
    // Who asks twice does not want to wait; nothing that was acknowledged is lost either way.
    process.once('SIGINT', () => process.exit(130));
    collector.close().then(
      () => {
        log('stopped');
        process.exit(0);
      },
      (error) => {
        log('the collector could not stop in good order', error);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
