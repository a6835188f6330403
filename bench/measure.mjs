// One page a measurement, in a context of its own: nothing stored, nothing warm.
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function open(browser, server) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(`${server.page}/`);
  const init = (subject, options = {}) =>
    page.evaluate(
      ([code, url, given]) => bench.init(code, url, given),
      [`/code/${subject.index}`, server.collector, options],
    );
  return { page, cdp, init, close: () => context.close() };
}

/** CPU time of the page's main thread. Milliseconds. */
async function cpuOf(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}

async function heapOf(cdp) {
  await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1024;
}

/** Init at full speed and at a quarter of it, and what the heap holds then; on the next visit too. */
export async function measureInit(browser, server, subject) {
  const { page, cdp, init, close } = await open(browser, server);
  const bare = await heapOf(cdp);
  const grown = async () => {
    await pause(700);
    return (await heapOf(cdp)) - bare;
  };
  const started = await init(subject);
  const heap = await grown();
  await page.reload();
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const slow = await init(subject);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const later = await grown();
  await close();
  server.take();
  return {
    'init (ms)': [started],
    'init of the next visit, CPU 4x slower (ms)': [slow],
    'heap after init (KiB)': [heap],
    'heap after init, next visit (KiB)': [later],
  };
}

/**
 * CPU of one error in and after its task: an eighth of what eight of them take, 60 ms apart, with a second to follow. What
 * an idle page takes in that time is in it.
 */
async function cpuOfErrors({ page, cdp }, frames) {
  const before = await cpuOf(cdp);
  const took = await page.evaluate((given) => bench.errors(8, given, 60), frames);
  await pause(1_000);
  return { took, cpu: (await cpuOf(cdp)) / took.length - before / took.length };
}

/** The first error, and single ones of both depths. */
export async function measureSingles(browser, server, subject) {
  const opened = await open(browser, server);
  const { page, init, close } = opened;
  await init(subject, { uncapped: true });
  await pause(700);
  const first = await page.evaluate(() => bench.errors(1, 12, 0));
  await pause(300);
  const twelve = await cpuOfErrors(opened, 12);
  const fifty = await cpuOfErrors(opened, 50);
  await close();
  await pause(50);
  const { bytes, reports } = server.take();
  return {
    'first error, 12 frames, in its task (ms)': first,
    'one error, 12 frames, in its task (ms)': twelve.took,
    'one error, 50 frames, in its task (ms)': fifty.took,
    'one error, 12 frames, all CPU (ms)': [twelve.cpu],
    'one error, 50 frames, all CPU (ms)': [fifty.cpu],
    'bytes posted per report': reports ? [bytes / reports] : [],
  };
}

/** When a page that does not answer is given up on. Milliseconds. */
const GIVE_UP = 10_000;

/** Errors that resist, each on a page of its own: some never come back from one. */
export async function measureHostile(browser, server, subject) {
  const result = {};
  const names = await open(browser, server);
  const kinds = await names.page.evaluate(() => bench.hostile);
  await names.close();
  for (const kind of kinds) {
    const { page, init, close } = await open(browser, server);
    await init(subject);
    await pause(300);
    const took = page.evaluate((name) => bench.one(name), kind).catch(() => GIVE_UP);
    result[`${kind}, in its task (ms)`] = [await Promise.race([took, pause(GIVE_UP).then(() => GIVE_UP)])];
    await close();
  }
  await pause(50);
  server.take();
  return result;
}

/** Resolves when nothing has been posted for two seconds, after twelve at most. */
async function quiet(server) {
  for (let waited = 0, still = 0, seen = -1; still < 2_000 && waited < 12_000; waited += 250) {
    const { requests } = server.look();
    still = requests === seen ? still + 250 : 0;
    seen = requests;
    await pause(250);
  }
}

export async function measureBurst(browser, server, { subject, isSame }) {
  const { page, cdp, init, close } = await open(browser, server);
  await init(subject);
  await pause(700);
  server.take();
  const before = await cpuOf(cdp);
  await page.evaluate((same) => bench.burst(1_000, same), isSame);
  await quiet(server);
  const cpu = (await cpuOf(cdp)) - before;
  const longest = await page.evaluate(() => bench.longest());
  // The visitor leaves: what is batched, or counted, is sent now.
  await page.goto('about:blank');
  await pause(1_000);
  await close();
  const { requests, different, reports, repeats } = server.take();
  const label = `1,000 ${isSame ? 'times the same' : 'different ones'}`;
  return {
    [`${label}: CPU (ms)`]: [cpu],
    [`${label}: longest task over 50 (ms)`]: [longest],
    [`${label}: arrived`]: [isSame ? reports : different.size],
    ...(!isSame && { [`${label}: twice`]: [reports - different.size] }),
    ...(isSame && { [`${label}: accounted for`]: [reports + repeats] }),
    [`${label}: requests`]: [requests],
  };
}
