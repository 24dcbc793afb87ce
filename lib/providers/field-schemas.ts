/** The kinds of credential fields. Values are cleaned of what copying from a web page or a chat adds. */
import * as z from 'zod/mini';
import { type FormField, formFields } from './provider.ts';

type FieldText = Pick<FormField, 'label' | 'help'>;

// Zero-width characters and byte order marks come along when a key is copied from a chat.
const edges = /^[\s\u{200B}-\u{200D}\u{2060}\u{FEFF}]+|[\s\u{200B}-\u{200D}\u{2060}\u{FEFF}]+$/gu;

function trimmed() {
  return z.string().check(
    z.overwrite((text) => text.replace(edges, '')),
    z.maxLength(4_000),
  );
}

/** A required secret, trimmed. */
export function secretField(text: FieldText) {
  return trimmed()
    .check(z.minLength(1))
    .register(formFields, { ...text, secret: true, input: 'text' });
}

/** What is searched for, required. */
export function wordsField(text: FieldText) {
  return trimmed()
    .check(z.minLength(1), z.maxLength(200))
    .register(formFields, { ...text, secret: false, input: 'text' });
}

/** A key that goes into an `Authorization: Bearer` header: a header takes visible ASCII only, and some pages show the word along. */
export function bearerKeyField(text: FieldText) {
  return trimmed()
    .check(
      z.overwrite((value) => value.replace(/^bearer\s+/iu, '')),
      z.regex(/^[!-~]+$/u),
    )
    .register(formFields, { ...text, secret: true, input: 'text' });
}

/** A text with a default that stands for an empty one; `pattern` is what it must look like. */
export function textField(text: FieldText, pattern: RegExp, fallback: string) {
  return z
    .prefault(
      trimmed().check(
        z.overwrite((value) => value || fallback),
        z.regex(pattern),
      ),
      fallback,
    )
    .register(formFields, { ...text, secret: false, input: 'text' });
}

/** One of some choices; the first is the default. */
export function choiceField<const Choices extends readonly [string, ...string[]]>(text: FieldText, choices: Choices) {
  return z
    .prefault(z.enum(choices), choices[0] as Choices[number])
    .register(formFields, { ...text, secret: false, input: 'choice', choices });
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1';
}

/**
 * The address of an API without query, fragment and slash at the end; "api.example.org" means https. Null for anything
 * that must not carry a key: no http but on this computer, no user name in the address, no wildcard, by which a
 * permission for more than one host would be asked.
 */
export function normaliseBaseUrl(text: string): string | null {
  const address = /^[a-z][\w+.-]*:\/\//iu.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url.hostname));
  if (!isSafe || url.username !== '' || url.password !== '' || !/^[\w.:[\]-]+$/u.test(url.hostname)) return null;
  return url.origin + url.pathname.replace(/\/+$/u, '');
}

function baseUrl() {
  return trimmed().check(
    z.overwrite((text) => normaliseBaseUrl(text) ?? text),
    z.refine((text) => normaliseBaseUrl(text) === text, 'must be an https address'),
  );
}

/** The address of an API, required. */
export function urlField(text: FieldText) {
  return baseUrl()
    .check(z.minLength(1))
    .register(formFields, { ...text, secret: false, input: 'url' });
}

/** The address of an API that has a usual one: an empty field means that. */
export function urlFieldWithDefault(text: FieldText, fallback: string) {
  const field = trimmed().check(
    z.overwrite((address) => (address === '' ? fallback : (normaliseBaseUrl(address) ?? address))),
    z.refine((address) => normaliseBaseUrl(address) === address, 'must be an https address'),
  );
  return z.prefault(field, fallback).register(formFields, { ...text, secret: false, input: 'url' });
}

/** Addresses that stand in for one another, in the order in which they are tried; an empty list means the defaults. */
export function urlListField(text: FieldText, defaults: readonly [string, ...string[]]) {
  return z
    .prefault(
      z.array(baseUrl()).check(
        z.maxLength(20),
        z.overwrite((list) => (list.length > 0 ? [...new Set(list)] : [...defaults])),
      ),
      [...defaults],
    )
    .register(formFields, { ...text, secret: false, input: 'url_list' });
}
