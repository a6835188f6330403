import { BLINK, CHROME, chrome, FULL, google, MAC, mac, type Row, WIN } from './saying.fixture.js';

const windows = (platformVersion: string, osVersion: string): Row => [
  `Windows, hinted ${platformVersion}`,
  { userAgent: `${WIN} ${CHROME}`, brand: google, high: { platformVersion, model: '' } },
  { osName: 'Windows', osVersion, ...chrome },
];

export const WINDOWS: readonly Row[] = [
  windows('15.0.0', '11'),
  windows('13.0.0', '11'),
  windows('10.0.0', '10'),
  windows('1.0.0', '10'),
  // Between them lies Windows Server 2022, of which Microsoft's table says nothing.
  windows('12.0.0', 'unknown'),
  windows('0.3.0', '8.1'),
  windows('0.2', '8'),
  windows('0.1.0', '7'),
  windows('0.0.0', 'unknown'),
  windows('', 'unknown'),
  windows('nonsense', 'unknown'),
  [
    'Windows without hints (http:)',
    { userAgent: `${WIN} ${CHROME}` },
    { osName: 'Windows', osVersion: 'unknown', browserName: 'Chrome', browserVersion: '156' },
  ],
  [
    'Firefox on Windows 10 or 11',
    {
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0',
      maxTouchPoints: 10,
    },
    { osName: 'Windows', osVersion: 'unknown', browserName: 'Firefox', browserVersion: '153.0' },
  ],
  [
    'Firefox ESR on Windows 7',
    { userAgent: 'Mozilla/5.0 (Windows NT 6.1; Win64; x64; rv:109.0) Gecko/20100101 Firefox/115.0' },
    { osName: 'Windows', osVersion: '7', browserName: 'Firefox', browserVersion: '115.0' },
  ],
  [
    'Edge',
    {
      userAgent: `${WIN} ${CHROME} Edg/156.0.0.0`,
      brand: ['Microsoft Edge', '156.0.4100.20'],
      high: { platformVersion: '19.0.0' },
    },
    { osName: 'Windows', osVersion: '11', browserName: 'Edge', browserVersion: '156.0.4100.20' },
  ],
  [
    'Edge without hints',
    { userAgent: `${WIN} ${CHROME} Edg/156.0.0.0` },
    { osName: 'Windows', osVersion: 'unknown', browserName: 'Edge', browserVersion: '156' },
  ],
  [
    'Opera without hints',
    { userAgent: `${WIN} ${CHROME} OPR/122.0.0.0` },
    { osName: 'Windows', osVersion: 'unknown', browserName: 'Opera', browserVersion: '122' },
  ],
  [
    'Opera',
    { userAgent: `${MAC} ${CHROME} OPR/122.0.0.0`, brand: ['Opera', '122.0.5643.142'] },
    { osName: 'macOS', osVersion: 'unknown', ...mac, browserName: 'Opera', browserVersion: '122.0.5643.142' },
  ],
  [
    'Brave, which has Chrome for a user agent',
    { userAgent: `${MAC} ${CHROME}`, brand: ['Brave', FULL], high: { platformVersion: '15.1.0' } },
    { osName: 'macOS', osVersion: '15.1', ...mac, browserName: 'Brave', browserVersion: FULL },
  ],
  [
    'Vivaldi, where it says so',
    { userAgent: `${WIN} ${CHROME} Vivaldi/7.6.3797.58` },
    { osName: 'Windows', osVersion: 'unknown', browserName: 'Vivaldi', browserVersion: '7.6.3797.58' },
  ],
  [
    'Yandex',
    {
      userAgent: `${WIN} ${BLINK} Chrome/156.0.0.0 YaBrowser/25.8.0.0 Safari/537.36`,
    },
    { osName: 'Windows', osVersion: 'unknown', browserName: 'Yandex', browserVersion: '25.8.0.0' },
  ],
];
