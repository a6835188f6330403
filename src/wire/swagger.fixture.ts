import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** JSON-schema validators of App Center's own swagger, by definition name: `ManagedErrorLog`, `Device`, … */
export function swaggerValidator(definition: string): ValidateFunction {
  const text = readFileSync(new URL('./fixtures/ingestion.yaml', import.meta.url), 'utf8');
  const ajv = new Ajv({ strict: false, allErrors: true });
  // The CommonJS default export, as its declarations do not say.
  (addFormats as unknown as { default(ajv: Ajv): void }).default(ajv);
  ajv.addFormat('int64', true);
  // Swagger 2.0 keeps its schemas under `definitions`, as JSON schema does, so its references hold as they are.
  ajv.addSchema({ $id: 'swagger', definitions: parse(text).definitions });
  const validate = ajv.getSchema(`swagger#/definitions/${definition}`);
  if (!validate) throw new Error(`the swagger has no ${definition}`);
  return validate as ValidateFunction;
}

export const DEFINITIONS: Readonly<Record<string, string>> = {
  managedError: 'ManagedErrorLog',
  handledError: 'HandledErrorLog',
  appleError: 'AppleErrorLog',
  errorAttachment: 'ErrorAttachmentLog',
};
