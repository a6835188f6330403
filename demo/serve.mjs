// `npm start`: a collector and the demo beside it, both on loopback, in one process.
import { startCollector } from 'crashpost-collector';
import { serveDemo } from './server.mjs';

const port = Number(process.env.CRASHPOST_PORT ?? 8080);
const demoPort = Number(process.env.CRASHPOST_DEMO_PORT ?? 8081);
const data = process.env.CRASHPOST_DATA ?? 'data';

async function main() {
  const collector = await startCollector({ data, host: '127.0.0.1', port, firstApp: 'Demo' });
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

main().catch((error) => {
  console.error(
    `crashpost: ${error.code === 'EADDRINUSE' ? `port ${demoPort} is taken by another program; choose one with CRASHPOST_DEMO_PORT` : error.message}`,
  );
  process.exit(1);
});
