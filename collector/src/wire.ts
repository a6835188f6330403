// The one way from the collector to the wire it shares with the reporter.
export * from '../../src/wire/index.js';
