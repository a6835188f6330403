import { type Fault, MAX_FAULTS } from './checks.js';
import { isObject } from './json.js';
import { LOG_TYPES } from './logs.js';

/**
 * What is wrong with one log, each fault named by its path. Unknown fields and unknown log types are no
 * fault: App Center takes both. At most `MAX_FAULTS`.
 */
export function faultsOfLog(log: unknown, path = ''): Fault[] {
  const faults: Fault[] = [];
  const at = (name: string) => (path ? `${path}.${name}` : name);
  if (!isObject(log)) faults.push({ path, message: 'must be object' });
  else if (typeof log.type !== 'string' || !log.type) {
    faults.push({ path: at('type'), message: 'required string' });
  } else {
    const check = LOG_TYPES.get(log.type);
    if (check && !check.holds(log)) check(log, path, faults);
  }
  return faults;
}

/** What is wrong with a whole body: `{"logs": [...]}` with at least one log. */
export function faultsOfBody(body: unknown): Fault[] {
  if (!isObject(body)) return [{ path: '', message: 'must be object' }];
  const logs = body.logs;
  if (!Array.isArray(logs)) return [{ path: 'logs', message: 'required array' }];
  if (logs.length === 0) return [{ path: 'logs', message: 'must have at least 1 item' }];
  return logs.flatMap((log, i) => faultsOfLog(log, `logs[${i}]`)).slice(0, MAX_FAULTS);
}

/** A fault as one line for a person. */
export function faultText(fault: Fault): string {
  return fault.path ? `${fault.path}: ${fault.message}` : fault.message;
}
