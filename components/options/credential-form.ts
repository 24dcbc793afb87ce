/** What a credential's form means, without drawing it: texts in, a checked credential or the fields' problems out. */
import * as z from 'zod/mini';
import type { Translate } from '../../lib/i18n/index.ts';
import { type FormField, fieldsOf, type Provider } from '../../lib/providers/provider.ts';
import type { CredentialState } from '../../lib/messaging/protocol.ts';

export type Field = FormField & { readonly name: string };

/** What stands in the inputs, by field name. */
export type Texts = Readonly<Record<string, string>>;

export interface CheckedForm {
  /** To be sent: an empty secret means the stored one. */
  readonly values: Record<string, string | string[]>;
  /** Hosts that Clipscope must be allowed to call; empty while there are problems. */
  readonly origins: readonly string[];
  /** Field name → what is wrong, in words. */
  readonly problems: Readonly<Record<string, string>>;
}

/** Stands for a stored secret while the rest is checked; the page never gets the real one. */
const storedSecret = 'stored-secret-0000000000000000000000';

/** The inputs' texts as they are before anyone typed. */
export function initialTexts(provider: Provider, state: CredentialState | null): Texts {
  return Object.fromEntries(
    fieldsOf(provider).map((field) => {
      const value = state?.values[field.name];
      if (Array.isArray(value)) return [field.name, value.join('\n')];
      return [field.name, typeof value === 'string' && value !== '' ? value : (field.choices?.[0] ?? '')];
    }),
  );
}

/** What a field means when it is left empty, by the provider's own schema; the empty text where it may not be. */
export function standardText(provider: Provider, field: Field): string {
  const schema = provider.credential.shape[field.name];
  const parsed = schema && !field.secret ? z.safeParse(schema, undefined) : null;
  const value: unknown = parsed?.success ? parsed.data : '';
  return Array.isArray(value) ? value.join('\n') : String(value);
}

/** Checks by the provider's own schema, and says in words what is wrong with which field. */
export function checkForm(t: Translate, provider: Provider, state: CredentialState | null, texts: Texts): CheckedForm {
  const fields = fieldsOf(provider);
  const values: Record<string, string | string[]> = {};
  const complete: Record<string, string | string[]> = {};
  for (const field of fields) {
    const text = (texts[field.name] ?? '').trim();
    const value = field.input === 'url_list' ? linesOf(text) : text;
    values[field.name] = value;
    complete[field.name] =
      field.secret && text === '' && state?.storedSecrets.includes(field.name) ? storedSecret : value;
  }
  const parsed = z.safeParse(provider.credential, complete);
  const problems: Record<string, string> = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = fields.find(({ name }) => name === issue.path[0]) ?? fields[0];
    // A stored secret was checked when it was stored.
    if (!field || complete[field.name] === storedSecret) continue;
    problems[field.name] ??= problemText(t, field, complete[field.name] ?? '', issue.message);
  }
  if (Object.keys(problems).length > 0) return { values, origins: [], problems };
  return { values, origins: provider.origins(parsed.data ?? complete), problems };
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
