// What is known about where, when and by whom a report was made: names and values, those that are there.
import { clientText, osText } from '../digest/describe.js';
import { asObject, booleanField, field, type Json, textField, wholeField } from '../digest/json.js';
import type { KeptLog } from '../digest/kept.js';
import type { Report } from '../store/store.js';
import { bounded, type Html, view } from './markup.js';
import { offsetText, timeExact } from './time.js';

export interface Fact {
  readonly name: string;
  readonly value: string | Html;
}

/** App Center's SDKs send at most 20. */
const MAX_PROPERTIES = 200;

/** Of one value. Characters. */
const MAX_VALUE = 2000;

export function deviceFacts(device: Json): Fact[] {
  const text = (name: string) => bounded(textField(device, name), MAX_VALUE);
  const both = (a: string, b: string) => [text(a), text(b)].filter((part) => part !== '').join(' ');
  const offset = wholeField(device, 'timeZoneOffset');
  const build = text('appBuild');
  const jailbreak = booleanField(device, 'jailbreak');
  return present([
    ['Client', text('browserName') ? both('browserName', 'browserVersion') : clientText(device)],
    ['System', osText(device)],
    ['System build', text('osBuild')],
    ['API level', text('osApiLevel')],
    ['Model', text('browserName') ? both('oemName', 'model') : ''],
    ['Locale', text('locale')],
    ['Time zone', offset === undefined ? '' : offsetText(offset)],
    ['Screen', text('screenSize').replace(/^(\d+)x(\d+)$/, '$1 × $2')],
    ['App version', build ? `${text('appVersion')} (build ${build})` : text('appVersion')],
    ['App', text('appNamespace')],
    ['Carrier', both('carrierName', 'carrierCountry')],
    ['Live update', text('liveUpdateReleaseLabel')],
    ['Jailbroken', jailbreak === undefined ? '' : jailbreak ? 'yes' : 'no'],
    ['SDK', both('sdkName', 'sdkVersion')],
    ['Wrapper SDK', both('wrapperSdkName', 'wrapperSdkVersion')],
    ['Run time', text('wrapperRuntimeVersion')],
  ]);
}

/** The report's own times; the device's clock may be wrong, the collector's says when it came. */
export function whenFacts(report: Report, log: KeptLog | undefined): Fact[] {
  const stated = log && textField(log.fields, 'timestamp', 100);
  return present([
    ['Device clock', stated ? timeOf(stated) : 'not stated'],
    ['Received', timeExact(report.receivedAt)],
    ['App launched', log ? timeOf(textField(log.fields, 'appLaunchTimestamp', 100)) : ''],
  ]);
}

export function runFacts(report: Report, log: KeptLog | undefined): Fact[] {
  const text = (name: string) => (log ? bounded(textField(log.fields, name), MAX_VALUE) : '');
  // Who cannot see its process id says 0, as App Center's own NDK reports do.
  const process = [text('processName'), text('processId')]
    .filter((part) => part !== '' && part !== '0')
    .join(', ');
  const parent = [text('parentProcessName'), text('parentProcessId')]
    .filter((part) => part !== '')
    .join(', ');
  return present([
    ['User', text('userId')],
    ['Install', code(report.installId)],
    ['Session', code(text('sid'))],
    ['Report type', report.type],
    ['Process', process],
    ['Parent process', parent],
    ['Thread', [text('errorThreadName'), text('errorThreadId')].filter((part) => part !== '').join(', ')],
    ['Architecture', text('architecture')],
    ['Application', text('applicationPath').replace(/\0+$/, '')],
    ['Signal', [text('osExceptionType'), text('osExceptionCode')].filter((part) => part !== '').join(', ')],
    ['At address', code(text('osExceptionAddress'))],
  ]);
}

/** What the app attached to the report; a value that is no text as JSON. */
export function propertyFacts(log: KeptLog): Fact[] {
  const entries = Object.entries(asObject(field(log.fields, 'properties'))).slice(0, MAX_PROPERTIES);
  return entries.map(([name, value]) => ({
    name: bounded(name, MAX_VALUE),
    value: bounded(typeof value === 'string' ? value : JSON.stringify(value), MAX_VALUE),
  }));
}

function present(facts: readonly (readonly [name: string, value: string | Html])[]): Fact[] {
  return facts.filter(([, value]) => value.length > 0).map(([name, value]) => ({ name, value }));
}

function code(text: string): string | Html {
  return text && view`<code>${text}</code>`;
}

/** A time a log states; the text itself when it is none. */
function timeOf(text: string): string | Html {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : timeExact(time);
}
