// `npm start`: a collector and the demo beside it, both on loopback, in one process.
import { startCollector } from 'crashpost-collector';
import { serveDemo } from './server.mjs';

/** A port from the environment; ends the program with one sentence where it is none. */
function portOf(name, otherwise) {
  const text = process.env[name] ?? otherwise;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  console.error(
    `crashpost: ${name} takes a number from 0 to 65535, not "${text}"; write e.g. ${name}=${otherwise}`,
  );
  process.exit(1);
}

const port = portOf('CRASHPOST_PORT', '8080');
const demoPort = portOf('CRASHPOST_DEMO_PORT', '8081');
const data = process.env.CRASHPOST_DATA ?? 'data';
const adminPassword = process.env.CRASHPOST_ADMIN_PASSWORD;

async function main() {
  const collector = await startCollector({
    data,
    host: '127.0.0.1',
    port,
    firstApp: 'Demo',
    adminPassword,
    onDeath: fail,
  });
  const [app] = await collector.apps();
  const demo = await serveDemo({
    port: demoPort,
    settings: { appSecret: app.secret, logUrl: collector.url },
  });
  const signIn = collector.firstRun
    ? `sign in as ${collector.firstRun.user} with the password ${collector.firstRun.password} (shown this once)`
    : `sign in as admin; password forgotten? npx crashpost-collector user password --data ${data}`;
  console.log(`
  Demo        ${demo.url}/
              press "Throw an error", then look at the collector
  Collector   ${collector.url}/
              ${signIn}
  App secret  ${app.secret}   (app "${app.name}")
  Data        ${data}/

  Stop with Ctrl+C.`);
  const stop = async () => {
    await Promise.all([demo.close(), collector.close()]);
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** What went wrong, in the words of this program: it takes its ports from the environment. */
function sentence(error) {
  if (error.code === 'EADDRINUSE')
    return `port ${demoPort} is taken by another program; choose one with CRASHPOST_DEMO_PORT=N`;
  return error.message.replace(/--port \S+/, 'CRASHPOST_PORT=N');
}

function fail(error) {
  console.error(`crashpost: ${sentence(error)}`);
  process.exit(1);
}

main().catch(fail);
