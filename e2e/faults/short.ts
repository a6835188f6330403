// The cells of `npm test`: of every row that is quick and steady the engine that would tell most, and all three engines
// where they differ in what survives (platform.md §C). `npm run test:faults` has the others.

export const SHORT_CELLS: readonly string[] = [
  ...['1a chromium', '1a firefox', '1a webkit', '1b chromium'],
  ...['2a chromium', '2a webkit', '2d chromium', '2d firefox', '2d webkit', '2e webkit'],
  ...['4 chromium', '5 chromium'],
  ...['6a webkit', '6b chromium', '6e firefox', '6f webkit'],
  ...['7a chromium', '8 chromium', '9 chromium'],
  ...['10a chromium', '10b webkit', '10d chromium'],
  ...['11a chromium', '11b firefox'],
  ...['12a chromium', '12b webkit'],
];
