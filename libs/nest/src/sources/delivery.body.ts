import { UserError } from '@rekindle/contracts';
import type { FormFields } from '@rekindle/plugins';
import { parseJson } from '../ingest/body.parser';
import type { IncomingRequest } from '../credentials/request.reader';

/** A body as a source's `parse` takes it. */
export interface DeliveryBody {
  json: unknown;
  form: FormFields;
}

const MOST_FIELDS = 1_000;
const formTypes = /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

/** Files are left out: nobody reads them. */
async function formOf(bytes: Buffer, contentType: string): Promise<FormFields> {
  const fields = new Map<string, string[]>();
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
    for (const [name, value] of form.entries()) {
      if (typeof value === 'string') fields.set(name, [...(fields.get(name) ?? []), value]);
      if (fields.size > MOST_FIELDS) throw new UserError('too_many_fields', 'The form has too many fields.');
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError('invalid_form', 'The body is not a form.', { cause });
  }
  return fields;
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UserError('invalid_utf8', 'The body is not valid UTF-8.', { cause });
  }
}

/**
 * What the bytes say: the fields of a form, else JSON, whatever it is labelled as. Throws a `UserError` (400):
 * `invalid_form`, `too_many_fields`, `invalid_utf8`, `too_deep`, `invalid_json`.
 */
export async function deliveryBodyOf(bytes: Buffer, headers: IncomingRequest['headers']): Promise<DeliveryBody> {
  const contentType = String(headers['content-type'] ?? '');
  if (formTypes.test(contentType)) return { json: undefined, form: await formOf(bytes, contentType) };
  return { json: parseJson(textOf(bytes)), form: new Map() };
}
