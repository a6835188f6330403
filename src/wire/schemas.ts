import type { Schema } from './checks.js';
import { exception } from './exception.js';
import { LOG_TYPES } from './logs.js';

/** The schemas of every log type, by its `type`, and of what they name: for OpenAPI's `components.schemas`. */
export function schemas(): Record<string, Schema> {
  const logs = [...LOG_TYPES].map(([type, { schema }]) => [type, withType(schema, type)]);
  return { ...Object.fromEntries(logs), Exception: exception.schema };
}

function withType(schema: Schema, type: string): Schema {
  return {
    ...schema,
    properties: { ...(schema.properties as Schema), type: { type: 'string', enum: [type] } },
  };
}
