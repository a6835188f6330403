import { BLINK, CHROME, chrome, FULL, google, LINUX, MAC, mac, type Row, WEBKIT } from './saying.fixture.js';

export const DESKTOPS: readonly Row[] = [
  [
    'Chrome on macOS 26',
    { userAgent: `${MAC} ${CHROME}`, brand: google, high: { platformVersion: '26.0.0' } },
    { osName: 'macOS', osVersion: '26', ...mac, ...chrome },
  ],
  [
    'Safari on a Mac',
    { userAgent: `${MAC} ${WEBKIT} Version/26.1 Safari/605.1.15` },
    { osName: 'macOS', osVersion: 'unknown', ...mac, browserName: 'Safari', browserVersion: '26.1' },
  ],
  [
    // https://bugs.webkit.org/show_bug.cgi?id=306804
    'Safari on a Mac, should it say 10_15_8',
    { userAgent: `${MAC.replace('15_7', '15_8')} ${WEBKIT} Version/26.4 Safari/605.1.15` },
    { osName: 'macOS', osVersion: 'unknown', ...mac, browserName: 'Safari', browserVersion: '26.4' },
  ],
  [
    'Safari on a Mac before the freeze',
    { userAgent: `${MAC.replace('15_7', '14_6')} ${WEBKIT} Version/13.1 Safari/605.1.15` },
    { osName: 'macOS', osVersion: '10.14.6', ...mac, browserName: 'Safari', browserVersion: '13.1' },
  ],
  [
    'Firefox on a Mac',
    { userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:153.0) Gecko/20100101 Firefox/153.0' },
    { osName: 'macOS', osVersion: 'unknown', ...mac, browserName: 'Firefox', browserVersion: '153.0' },
  ],
  [
    'Chromium on Linux (measured: platformVersion is empty)',
    { userAgent: `${LINUX} ${CHROME}`, brand: null, high: { platformVersion: '', model: '' } },
    { osName: 'Linux', osVersion: 'unknown', browserName: 'Chromium', browserVersion: FULL },
  ],
  [
    'headless Chromium (measured)',
    {
      userAgent: `${LINUX} ${BLINK} HeadlessChrome/156.0.0.0 Safari/537.36`,
      brand: null,
      high: { platformVersion: '', model: '' },
    },
    { osName: 'Linux', osVersion: 'unknown', browserName: 'HeadlessChrome', browserVersion: FULL },
  ],
  [
    'headless Chrome',
    {
      userAgent: `${LINUX} ${BLINK} HeadlessChrome/156.0.0.0 Safari/537.36`,
      brand: ['HeadlessChrome', FULL],
      high: { platformVersion: '' },
    },
    { osName: 'Linux', osVersion: 'unknown', browserName: 'HeadlessChrome', browserVersion: FULL },
  ],
  [
    'headless Chromium without hints',
    { userAgent: `${LINUX} ${BLINK} HeadlessChrome/156.0.0.0 Safari/537.36` },
    { osName: 'Linux', osVersion: 'unknown', browserName: 'HeadlessChrome', browserVersion: '156' },
  ],
  [
    'Firefox on Linux',
    { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0' },
    { osName: 'Linux', osVersion: 'unknown', browserName: 'Firefox', browserVersion: '153.0' },
  ],
  [
    'Firefox of Ubuntu',
    { userAgent: 'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0' },
    { osName: 'Linux', osVersion: 'unknown', browserName: 'Firefox', browserVersion: '153.0' },
  ],
  [
    // Measured; https://commits.webkit.org/286081@main
    'WebKitGTK, whose Version/60.5 is no Safari',
    { userAgent: `${LINUX} ${WEBKIT} Version/60.5 Safari/605.1.15` },
    { osName: 'Linux', osVersion: 'unknown', browserName: 'WebKit' },
  ],
  [
    // DIVERSIFY-project/amiunique#47
    'Epiphany',
    {
      userAgent: `Mozilla/5.0 (X11; Fedora; Linux x86_64) ${WEBKIT} Version/11.0 Safari/605.1.15 Epiphany/605.1.15`,
    },
    { osName: 'Linux', osVersion: 'unknown', browserName: 'Epiphany' },
  ],
  [
    'a Chromebook, hinted',
    {
      userAgent: `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME}`,
      brand: google,
      high: { platformVersion: '16093.68.0' },
    },
    { osName: 'ChromeOS', osVersion: '16093.68.0', ...chrome },
  ],
  [
    'a Chromebook without hints',
    { userAgent: `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME}` },
    { osName: 'ChromeOS', osVersion: 'unknown', browserName: 'Chrome', browserVersion: '156' },
  ],
  [
    'Firefox on FreeBSD',
    { userAgent: 'Mozilla/5.0 (X11; FreeBSD amd64; rv:143.0) Gecko/20100101 Firefox/143.0' },
    { osName: 'FreeBSD', osVersion: 'unknown', browserName: 'Firefox', browserVersion: '143.0' },
  ],
];
