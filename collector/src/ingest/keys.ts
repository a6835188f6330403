import { endOfString } from './slices.js';

// Custom .NET clients send the same logs in PascalCase; App Center's Json.NET took keys in any case.
const NAMES = `type timestamp sid userId device id processId processName parentProcessId parentProcessName
  errorThreadId errorThreadName fatal appLaunchTimestamp architecture properties binaries buildId exception
  threads primaryArchitectureId architectureVariantId applicationPath osExceptionType osExceptionCode
  osExceptionAddress exceptionType exceptionReason selectorRegisterValue registers errorId contentType fileName
  data message stackTrace frames innerExceptions wrapperSdkName address code className methodName lineNumber
  columnNumber name startAddress endAddress path sdkName sdkVersion wrapperSdkVersion wrapperRuntimeVersion model
  oemName osName osVersion osBuild osApiLevel locale timeZoneOffset screenSize appVersion appBuild appNamespace
  carrierName carrierCountry liveUpdateReleaseLabel liveUpdateDeploymentKey liveUpdatePackageHash jailbreak
  browserName browserVersion services distributionGroupId pushToken typedProperties value`.split(/\s+/);

/** Right as they stand, as nearly all keys are. */
const SPELLED = new Set(NAMES);

const NAME_OF = new Map(NAMES.map((name) => [name.toLowerCase(), name]));

/** Dictionaries: their keys are the app's own. */
const MAPS = new Set(['properties', 'registers', 'data']);

/** Whether the top level of a log has a key that the wire spells otherwise. */
export function hasStrangeKeys(log: Record<string, unknown>): boolean {
  return Object.keys(log).some((key) => !SPELLED.has(key) && nameOf(key) !== key);
}

/**
 * The JSON text of a log with the wire's own spelling of its keys. Only the keys are written anew: JSON.parse would
 * round integers beyond 2^53, which thread ids and addresses are. `json` must be an object that JSON.parse takes.
 * Not recursive.
 */
export function withWireKeys(json: string): string {
  const parts: string[] = [];
  /** For each object and array that is open: whether it is an object. */
  const open: boolean[] = [];
  let from = 0;
  let isKey = false;
  /** The name of the last key, and how many brackets were open where a dictionary begins. */
  let name = '';
  let mapAt = Number.POSITIVE_INFINITY;
  for (let i = 0; i < json.length; i++) {
    const c = json.charAt(i);
    if (c === '"') {
      const end = endOfString(json, i);
      if (isKey && open.length < mapAt) {
        name = nameOf(JSON.parse(json.slice(i, end)) as string);
        parts.push(json.slice(from, i), JSON.stringify(name));
        from = end;
      }
      isKey = false;
      i = end - 1;
    } else if (c === '{' || c === '[') {
      open.push(c === '{');
      isKey = c === '{';
      if (isKey && MAPS.has(name)) mapAt = Math.min(mapAt, open.length);
      // A list under a dictionary's name is no dictionary: customProperties has objects in it.
      name = '';
    } else if (c === '}' || c === ']') {
      if (open.length === mapAt) mapAt = Number.POSITIVE_INFINITY;
      open.pop();
    } else if (c === ',') isKey = open.at(-1) === true;
  }
  return parts.join('') + json.slice(from);
}

function nameOf(key: string): string {
  return NAME_OF.get(key.toLowerCase()) ?? key;
}
