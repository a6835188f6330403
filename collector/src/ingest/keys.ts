import { isObject } from '../wire.js';

// Custom .NET clients send the same logs in PascalCase; App Center's Json.NET took keys in any case.
const NAMES = `type timestamp sid userId device id processId processName parentProcessId parentProcessName
  errorThreadId errorThreadName fatal appLaunchTimestamp architecture properties binaries buildId exception
  threads primaryArchitectureId architectureVariantId applicationPath osExceptionType osExceptionCode
  osExceptionAddress exceptionType exceptionReason selectorRegisterValue registers errorId contentType fileName
  data message stackTrace frames innerExceptions wrapperSdkName address code className methodName lineNumber
  columnNumber name startAddress endAddress path sdkName sdkVersion wrapperSdkVersion wrapperRuntimeVersion model
  oemName osName osVersion osBuild osApiLevel locale timeZoneOffset screenSize appVersion appBuild appNamespace
  carrierName carrierCountry liveUpdateReleaseLabel liveUpdateDeploymentKey liveUpdatePackageHash jailbreak
  browserName browserVersion`.split(/\s+/);

const NAME_OF = new Map(NAMES.map((name) => [name.toLowerCase(), name]));

/** Dictionaries: their keys are the app's own. */
const MAPS = new Set(['properties', 'registers']);

/**
 * The log with the wire's own spelling of its keys. The log itself when its top level has it already. Recursive:
 * the caller bounds the depth.
 */
export function withWireKeys(log: Record<string, unknown>): Record<string, unknown> {
  const strange = Object.keys(log).some((key) => nameOf(key) !== key);
  return strange ? (rename(log) as Record<string, unknown>) : log;
}

function rename(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rename);
  if (!isObject(value)) return value;
  // fromEntries and not assignment: a key `__proto__` stays a key.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const name = nameOf(key);
      return [name, MAPS.has(name) ? item : rename(item)];
    }),
  );
}

function nameOf(key: string): string {
  return NAME_OF.get(key.toLowerCase()) ?? key;
}
