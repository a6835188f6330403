import { apple, iPhone, MAC, pad, type Row, WEBKIT } from './saying.fixture.js';

export const IPHONES: readonly Row[] = [
  [
    // https://webkit.org/blog/17333/webkit-features-in-safari-26-0/#update-to-ua-string
    'iOS 26, which says 18_6',
    { userAgent: `${iPhone('18_6')} Version/26.0 Mobile/15E148 Safari/604.1`, maxTouchPoints: 5 },
    { ...apple, osVersion: '26', browserName: 'Safari', browserVersion: '26.0' },
  ],
  [
    // matomo-org/device-detector#8262
    'iOS 26, which says 18_7',
    { userAgent: `${iPhone('18_7')} Version/26.2 Mobile/15E148 Safari/604.1`, maxTouchPoints: 5 },
    { ...apple, osVersion: '26', browserName: 'Safari', browserVersion: '26.2' },
  ],
  [
    'iOS 18.6 itself',
    { userAgent: `${iPhone('18_6')} Version/18.6 Mobile/15E148 Safari/604.1`, maxTouchPoints: 5 },
    { ...apple, osVersion: '18.6', browserName: 'Safari', browserVersion: '18.6' },
  ],
  [
    'iOS 17',
    { userAgent: `${iPhone('17_5_1')} Version/17.5 Mobile/15E148 Safari/604.1`, maxTouchPoints: 5 },
    { ...apple, osVersion: '17.5.1', browserName: 'Safari', browserVersion: '17.5' },
  ],
  [
    // nielsbasjes/yauaa#1982
    'a web view on iOS 18.7 or 26',
    { userAgent: `${iPhone('18_7')} Mobile/15E148`, maxTouchPoints: 5 },
    { ...apple, osVersion: 'unknown', browserName: 'WebKit' },
  ],
  [
    // mozilla-mobile/firefox-ios#32503
    'Firefox on any iOS',
    { userAgent: `${iPhone('18_7')} FxiOS/148.1 Mobile/15E148 Safari/604.1`, maxTouchPoints: 5 },
    { ...apple, osVersion: 'unknown', browserName: 'Firefox', browserVersion: '148.1' },
  ],
  [
    'Chrome on iOS',
    { userAgent: `${iPhone('18_6_2')} CriOS/145.0.7632.108 Mobile/15E148 Safari/604.1`, maxTouchPoints: 5 },
    { ...apple, osVersion: '18.6.2', browserName: 'Chrome', browserVersion: '145.0.7632.108' },
  ],
  [
    'Edge on iOS',
    {
      userAgent: `${iPhone('17_5_1')} Version/17.0 EdgiOS/125.0.2535.60 Mobile/15E148 Safari/605.1.15`,
      maxTouchPoints: 5,
    },
    { ...apple, osVersion: '17.5.1', browserName: 'Edge', browserVersion: '125.0.2535.60' },
  ],
  [
    "Google's app on iOS",
    { userAgent: `${iPhone('17_5_1')} GSA/323.0.647062479 Mobile/15E148 Safari/604.1` },
    { ...apple, osVersion: '17.5.1', browserName: 'GSA', browserVersion: '323.0.647062479' },
  ],
  [
    'Line on iOS',
    { userAgent: `${iPhone('18_3_2')} Mobile/15E148 Safari Line/15.9.0` },
    { ...apple, osVersion: '18.3.2', browserName: 'Line', browserVersion: '15.9.0' },
  ],
  [
    'Instagram on iOS, which says what it runs on',
    {
      userAgent: `${iPhone('18_7')} Mobile/15E148 Instagram 339.0.3.12.91 (iPhone15,2; iOS 26_1; fr_CA; fr; scale=3.00; 1179x2556; 624498154)`,
    },
    {
      ...apple,
      osVersion: '26.1',
      model: 'iPhone15,2',
      browserName: 'Instagram',
      browserVersion: '339.0.3.12.91',
    },
  ],
  [
    'Facebook on iOS, which says what it runs on',
    {
      userAgent: `${iPhone('18_7')} Mobile/15E148 [FBAN/FBIOS;FBAV/470.0.0.35.108;FBBV/611437296;FBDV/iPhone15,3;FBMD/iPhone;FBSN/iOS;FBSV/26.0;FBSS/3;FBID/phone;FBLC/vi_VN;FBOP/5]`,
    },
    {
      ...apple,
      osVersion: '26.0',
      model: 'iPhone15,3',
      browserName: 'Facebook',
      browserVersion: '470.0.0.35.108',
    },
  ],
  [
    'an iPad that says it is a Mac',
    { userAgent: `${MAC} ${WEBKIT} Version/26.0 Safari/605.1.15`, maxTouchPoints: 5 },
    { ...pad, osVersion: '26', browserName: 'Safari', browserVersion: '26.0' },
  ],
  [
    // medama-io/go-useragent#25
    'Chrome on an iPad that says it is a Mac',
    { userAgent: `${MAC} ${WEBKIT} CriOS/141 Version/11.1.1 Safari/605.1.15`, maxTouchPoints: 5 },
    { ...pad, osVersion: 'unknown', browserName: 'Chrome', browserVersion: '141' },
  ],
  [
    'an iPad that says so',
    {
      userAgent: `Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) ${WEBKIT} Version/17.5 Mobile/15E148 Safari/604.1`,
      maxTouchPoints: 5,
    },
    { ...pad, osVersion: '17.5', browserName: 'Safari', browserVersion: '17.5' },
  ],
];
