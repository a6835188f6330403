// Where it happened, as the browser itself tells it: compared with what is known of this machine and its browsers.
import { readFileSync } from 'node:fs';
import { ENGINE_NAMES, type Engine, type EngineName } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { serve } from './listen.js';

/** A zone that no machine of ours is in, and that has no summer time. */
const ZONE = 'Asia/Kolkata';
const OFFSET = 330;

/** `early` at once, `exact` when the chunk has come and what it found is kept. */
const page = (settings: object): string => `<!doctype html><script src="/crashpost.min.js"></script><script>
  crashpost.start(${JSON.stringify(settings)});
  crashpost.trackError(new Error('early'));
  (function wait() {
    if (!localStorage.getItem('crashpost.device')) return setTimeout(wait, 20);
    crashpost.trackError(new Error('exact'));
  })();
</script>`;

/** Long after the chunk was asked for. */
const latePage = (
  settings: object,
): string => `<!doctype html><script src="/crashpost.min.js"></script><script>
  crashpost.start(${JSON.stringify(settings)});
  setTimeout(() => crashpost.trackError(new Error('late')), 2000);
</script>`;

/** @param missing what is not found */
async function servePage(html: string, missing?: string) {
  const asked: string[] = [];
  const served = await serve(({ url = '' }, response) => {
    asked.push(url);
    if (url === '/') {
      response.setHeader('content-type', 'text/html').end(html);
    } else if (/^\/crashpost(\.device)?\.min\.js$/.test(url) && url !== missing) {
      response.setHeader('content-type', 'text/javascript');
      response.end(readFileSync(new URL(`../dist${url}`, import.meta.url)));
    } else response.writeHead(404).end();
  });
  return { ...served, asked };
}

/** The browser takes its time zone from the environment it is started in. */
async function openInZone(name: EngineName): Promise<Engine> {
  const before = process.env.TZ;
  process.env.TZ = ZONE;
  try {
    return await openEngine(name);
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

/** What the browser must be called, and a version that the whole one begins with. */
const BROWSERS: Record<EngineName, (version: string) => object> = {
  // Headless is a brand of its own; Debian's has none but the engine's.
  chromium: (version) => ({
    browserName: expect.stringMatching(/^(HeadlessChrome|Chromium)$/),
    browserVersion: version,
  }),
  // Its user agent stops after the first dot.
  firefox: (version) => ({ browserName: 'Firefox', browserVersion: `${Number.parseInt(version, 10)}.0` }),
  // It does not tell its version: what it claims is above any of Safari's, on purpose.
  webkit: () => ({ browserName: 'WebKit' }),
};

for (const name of ENGINE_NAMES) {
  test(`${name}: the device that arrives is this machine, at a glance, in full and on the next visit`, async ({
    collector,
  }) => {
    await collector.start();
    const { secret: appSecret, url: logUrl } = collector;
    const server = await servePage(page({ appSecret, logUrl, appVersion: '2.1', appBuild: '7' }));
    const engine = await openInZone(name);
    try {
      const opened = await engine.open(server.url);
      const first = await collector.arrivedInAll(2);
      const of = (message: string) => first.find(({ exception }) => exception.message === message)?.device;
      const [screenSize, locale] = (await opened.evaluate(
        "[screen.width * devicePixelRatio + 'x' + screen.height * devicePixelRatio, navigator.language]",
      )) as string[];
      const always = {
        sdkName: 'appcenter.custom',
        wrapperSdkName: 'crashpost',
        sdkVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        osName: 'Linux',
        // No browser tells a Linux's.
        osVersion: 'unknown',
        appVersion: '2.1',
        appBuild: '7',
        appNamespace: server.url,
        timeZoneOffset: OFFSET,
        screenSize,
        locale,
      };
      expect(screenSize).toMatch(/^[1-9]\d*x[1-9]\d*$/);
      // WebKitGTK in a container without one: "C".
      expect(locale).toMatch(/^[A-Za-z]/);
      const exact = of('exact');
      expect(exact).toEqual({ ...always, ...BROWSERS[name](engine.version) });
      expect(of('early')).toMatchObject(always);
      // The glance may know less of the browser, but nothing else.
      const { browserName = exact?.browserName, browserVersion } = of('early') ?? {};
      expect(browserName).toBe(exact?.browserName);
      if (browserVersion) expect(`${exact?.browserVersion}.`).toContain(`${browserVersion}.`);

      await opened.goto(server.url);
      const again = (await collector.arrivedInAll(4)).filter(({ id }) => !first.some((one) => one.id === id));
      expect(again).toHaveLength(2);
      for (const { device } of again) expect(device).toEqual(exact);
      expect(server.asked.filter((url) => url.includes('device'))).toHaveLength(1);
    } finally {
      await engine.close();
      server.close();
    }
  });

  test(`${name}: without the chunk the log is complete, and that it is missing is no error of the page`, async ({
    collector,
  }) => {
    await collector.start();
    const { secret: appSecret, url: logUrl } = collector;
    const server = await servePage(latePage({ appSecret, logUrl }), '/crashpost.device.min.js');
    const engine = await openInZone(name);
    try {
      await engine.open(server.url);
      const arrived = await collector.arrivedInAll(1);
      expect(server.asked).toContain('/crashpost.device.min.js');
      expect(arrived.map(({ exception }) => exception.message)).toEqual(['late']);
      // What the swagger requires of a device, and what needs no chunk.
      expect(arrived[0]?.device).toMatchObject({
        sdkName: 'appcenter.custom',
        sdkVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        osName: 'Linux',
        osVersion: 'unknown',
        appVersion: '0.0.0',
        appBuild: '1',
        locale: expect.stringMatching(/^[A-Za-z]/),
        timeZoneOffset: OFFSET,
        screenSize: expect.stringMatching(/^[1-9]\d*x[1-9]\d*$/),
        appNamespace: server.url,
      });
    } finally {
      await engine.close();
      server.close();
    }
  });
}
