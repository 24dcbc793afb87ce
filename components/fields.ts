/** What a form means without drawing it, be it of a key or of a search: texts in, checked values or the fields' problems out. */
import * as z from 'zod/mini';
import type { Translate } from '../lib/i18n/index.ts';
import {
  type Credential,
  type FormField,
  type FormSchema,
  formFieldsOf,
  type Query,
} from '../lib/providers/provider.ts';

/** The form of a credential, or of what is searched for. */
export type AnyForm = FormSchema<Credential> | FormSchema<Query>;

export type Field = FormField & { readonly name: string };

/** What stands in the inputs, by field name. */
export type Texts = Readonly<Record<string, string>>;

export interface CheckedFields {
  /** To be sent: an empty secret means the stored one. */
  readonly values: Readonly<Record<string, string | string[]>>;
  /** What the schema made of them; null while there are problems. A stored secret is a stand-in in it. */
  readonly parsed: Credential | null;
  /** Field name → what is wrong, in words. */
  readonly problems: Readonly<Record<string, string>>;
}

/** Stands for a stored secret while the rest is checked; the page never gets the real one. */
const storedSecret = 'stored-secret-0000000000000000000000';

/** The inputs' texts as they are before anyone typed; a choice begins with its first. */
export function initialTexts(form: AnyForm, values: Readonly<Record<string, string | readonly string[]>>): Texts {
  return Object.fromEntries(
    formFieldsOf(form).map((field) => {
      const value = values[field.name];
      if (Array.isArray(value)) return [field.name, value.join('\n')];
      return [field.name, typeof value === 'string' && value !== '' ? value : (field.choices?.[0] ?? '')];
    }),
  );
}

/** What a field means when it is left empty, by the form's own schema; the empty text where it may not be. */
export function standardText(form: AnyForm, field: Field): string {
  const schema = form.shape[field.name];
  const parsed = schema && !field.secret ? z.safeParse(schema, undefined) : null;
  const value: unknown = parsed?.success ? (parsed.data ?? '') : '';
  return Array.isArray(value) ? value.join('\n') : String(value);
}

/** Checks by the form's own schema, and says in words what is wrong with which field. */
export function checkFields(
  t: Translate,
  form: AnyForm,
  texts: Texts,
  storedSecrets: readonly string[] = [],
): CheckedFields {
  const fields = formFieldsOf(form);
  const values: Record<string, string | string[]> = {};
  const complete: Record<string, string | string[]> = {};
  for (const field of fields) {
    const text = (texts[field.name] ?? '').trim();
    const value = field.input === 'url_list' ? linesOf(text) : text;
    values[field.name] = value;
    complete[field.name] = field.secret && text === '' && storedSecrets.includes(field.name) ? storedSecret : value;
  }
  const parsed = z.safeParse<z.ZodMiniType<Credential>>(form, complete);
  const problems: Record<string, string> = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = fields.find(({ name }) => name === issue.path[0]) ?? fields[0];
    // A stored secret was checked when it was stored.
    if (!field || complete[field.name] === storedSecret) continue;
    problems[field.name] ??= problemText(t, field, complete[field.name] ?? '', issue.message);
  }
  if (Object.keys(problems).length > 0) return { values, parsed: null, problems };
  return { values, parsed: parsed.data ?? complete, problems };
}

function problemText(t: Translate, field: Field, value: string | readonly string[], message: string): string {
  if (t.has(message)) return t(message);
  if (value.length === 0) return t('field_problem_required');
  return t(field.input === 'url' || field.input === 'url_list' ? 'field_problem_url' : 'field_problem_invalid');
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
