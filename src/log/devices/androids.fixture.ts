import { BLINK, chrome, DROID, FULL, google, MOBILE, type Row } from './saying.fixture.js';

export const ANDROIDS: readonly Row[] = [
  [
    'a reduced Android, hinted',
    {
      userAgent: `${DROID} ${MOBILE}`,
      maxTouchPoints: 5,
      brand: google,
      high: { platformVersion: '15.0.0', model: 'Pixel 9' },
    },
    { osName: 'Android', osVersion: '15', model: 'Pixel 9', oemName: 'Google', ...chrome },
  ],
  [
    'a reduced Android without hints',
    { userAgent: `${DROID} ${MOBILE}`, maxTouchPoints: 5 },
    { osName: 'Android', osVersion: 'unknown', browserName: 'Chrome', browserVersion: '156' },
  ],
  [
    'an Android from before the reduction',
    {
      userAgent: `Mozilla/5.0 (Linux; Android 13; SM-S918B) ${BLINK} Chrome/106.0.5249.126 Mobile Safari/537.36`,
    },
    {
      osName: 'Android',
      osVersion: '13',
      model: 'SM-S918B',
      oemName: 'Samsung',
      browserName: 'Chrome',
      browserVersion: '106.0.5249.126',
    },
  ],
  [
    'Samsung Internet',
    {
      userAgent: `${DROID} ${BLINK} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
      brand: ['Samsung Internet', '28.0.0.59'],
      high: { platformVersion: '14.0.0', model: 'SM-S918B' },
    },
    {
      osName: 'Android',
      osVersion: '14',
      model: 'SM-S918B',
      oemName: 'Samsung',
      browserName: 'Samsung Internet',
      browserVersion: '28.0.0.59',
    },
  ],
  [
    'Samsung Internet without hints',
    { userAgent: `${DROID} ${BLINK} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36` },
    { osName: 'Android', osVersion: 'unknown', browserName: 'Samsung Internet', browserVersion: '28.0' },
  ],
  [
    'Firefox on Android',
    { userAgent: 'Mozilla/5.0 (Android 14; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0' },
    { osName: 'Android', osVersion: '14', browserName: 'Firefox', browserVersion: '153.0' },
  ],
  [
    // https://bugzilla.mozilla.org/show_bug.cgi?id=1865766
    'Firefox on Android, when it says 10',
    { userAgent: 'Mozilla/5.0 (Android 10; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0' },
    { osName: 'Android', osVersion: 'unknown', browserName: 'Firefox', browserVersion: '153.0' },
  ],
  [
    // https://android-developers.googleblog.com/2024/12/user-agent-reduction-on-android-webview.html
    'a web view of Android 16',
    {
      userAgent: `${DROID.replace('K', 'K; wv')} ${BLINK} Version/4.0 Chrome/156.0.0.0 Mobile Safari/537.36`,
      brand: ['Android WebView', FULL],
      high: { platformVersion: '16.0.0', model: 'Pixel 8' },
    },
    {
      osName: 'Android',
      osVersion: '16',
      model: 'Pixel 8',
      oemName: 'Google',
      browserName: 'Android WebView',
      browserVersion: FULL,
    },
  ],
  [
    "Facebook's on Android",
    {
      userAgent: `Mozilla/5.0 (Linux; Android 14; SM-S918B Build/UP1A.231005.007; wv) ${BLINK} Version/4.0 Chrome/120.0.6099.144 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/443.0.0.23.229;]`,
    },
    {
      osName: 'Android',
      osVersion: '14',
      model: 'SM-S918B',
      oemName: 'Samsung',
      browserName: 'Facebook',
      browserVersion: '443.0.0.23.229',
    },
  ],
];
