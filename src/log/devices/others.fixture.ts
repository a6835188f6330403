import { BLINK, CHROME, chrome, google, type Row, WEBKIT, WIN } from './saying.fixture.js';

export const OTHERS: readonly Row[] = [
  // Hints that are lacking.
  [
    'hints that nobody answers with anything',
    { userAgent: `${WIN} ${CHROME}`, brand: google, high: {} },
    { osName: 'Windows', osVersion: 'unknown', ...chrome },
  ],
  [
    'hints whose answers are empty',
    {
      userAgent: `${WIN} ${CHROME}`,
      brand: google,
      high: { platformVersion: '', model: '', fullVersionList: [] },
    },
    { osName: 'Windows', osVersion: 'unknown', browserName: 'Chrome', browserVersion: '156' },
  ],
  ['no user agent', { userAgent: '' }, { osName: 'unknown', osVersion: 'unknown' }],
  ['nonsense for a user agent', { userAgent: 'foo' }, { osName: 'unknown', osVersion: 'unknown' }],
  [
    // https://developers.google.com/search/docs/crawling-indexing/google-common-crawlers
    'Googlebot, no Nexus 5X',
    {
      userAgent: `Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) ${BLINK} Chrome/141.0.7390.54 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
    },
    { osName: 'unknown', osVersion: 'unknown', browserName: 'Googlebot', browserVersion: '2.1' },
  ],
  [
    'Googlebot as a computer',
    {
      userAgent:
        'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/141.0.0.0 Safari/537.36',
    },
    { osName: 'unknown', osVersion: 'unknown', browserName: 'Googlebot', browserVersion: '2.1' },
  ],
  [
    'AdsBot',
    {
      userAgent: `Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) ${BLINK} Chrome/141.0.0.0 Mobile Safari/537.36 (compatible; AdsBot-Google-Mobile; +http://www.google.com/mobile/adsbot.html)`,
    },
    { osName: 'unknown', osVersion: 'unknown', browserName: 'AdsBot-Google-Mobile' },
  ],
  [
    'Applebot',
    {
      userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) ${WEBKIT} Version/13.1.1 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)`,
    },
    { osName: 'unknown', osVersion: 'unknown', browserName: 'Applebot', browserVersion: '0.1' },
  ],
  [
    'a phone of Cubot, no crawler',
    {
      userAgent: `Mozilla/5.0 (Linux; Android 9; CUBOT X19) ${BLINK} Chrome/106.0.5249.126 Mobile Safari/537.36`,
    },
    {
      osName: 'Android',
      osVersion: '9',
      model: 'CUBOT X19',
      browserName: 'Chrome',
      browserVersion: '106.0.5249.126',
    },
  ],
  [
    'a television of Samsung',
    {
      userAgent: `Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) ${BLINK} 94.0.4606.31/7.0 TV Safari/537.36`,
    },
    { osName: 'Tizen', osVersion: '7.0' },
  ],
  [
    'a television of LG',
    {
      userAgent: `Mozilla/5.0 (Web0S; Linux/SmartTV) ${BLINK} Chrome/120.0.6099.270 Safari/537.36 WebAppManager`,
    },
    {
      osName: 'webOS',
      osVersion: 'unknown',
      browserName: 'Chrome',
      browserVersion: '120.0.6099.270',
    },
  ],
  [
    'a PlayStation',
    { userAgent: `Mozilla/5.0 (PlayStation; PlayStation 5/6.50) ${WEBKIT} Version/16.0 Safari/605.1.15` },
    { osName: 'PlayStation', osVersion: '5', model: 'PlayStation 5', oemName: 'Sony', browserName: 'WebKit' },
  ],
];
