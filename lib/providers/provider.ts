/**
 * The contract of an API that a researcher holds a key for. A provider is one file and one registry line;
 * its options form, host permission, capabilities and error wording all derive from the object it defines.
 * Providers touch no network, clock or store: `http` and `now` are arguments.
 */
import * as z from 'zod/mini';
import type { ErrorCode } from '../core/errors.ts';
import type { Http } from '../core/ports.ts';
import type { AnyRecord } from '../core/record.ts';
import type { EntityKind, EntityRef, Platform } from '../core/ref.ts';

/** How the options page draws one field of a credential, and whether it must be kept secret. */
export interface CredentialField {
  /** Message key of the label. */
  readonly label: string;
  /** Message key of a line of help. */
  readonly help?: string;
  /** A secret is masked, never sent back to a page, and redacted from every text. */
  readonly secret: boolean;
  readonly input: 'text' | 'url' | 'url_list' | 'choice';
  /** The values of a `choice`; the first is the default. Labels: message key `choice_<field>_<value>`. */
  readonly choices?: readonly string[];
}

/** Every credential field registers itself here: `z.string().check(...).register(credentialFields, {...})`. */
export const credentialFields = z.registry<CredentialField>();

/** A stored credential: what the form holds, trimmed. A `url_list` is a list, everything else a text. */
export type Credential = Readonly<Record<string, string | readonly string[]>>;

/** What is left of an allowance that runs out, as the provider itself reports it. */
export interface Quota {
  readonly used: number | null;
  readonly limit: number | null;
  /** ISO date on which the allowance ends, as the provider writes it. */
  readonly expires: string | null;
  /** Unix ms. */
  readonly read_at: number;
}

export interface ProviderContext<C = Credential> {
  readonly http: Http;
  /** Unix ms. */
  readonly now: () => number;
  readonly credential: C;
  /** Ask for an answer past the provider's own cache. */
  readonly fresh: boolean;
  /** Called with every quota reading, also on answers that are errors. */
  readonly reportQuota: (quota: Quota) => void;
}

export interface ProviderAnswer {
  /** Never empty: nothing found is AppError `not_found`. */
  readonly records: readonly AnyRecord[];
}

export type Capability = 'post.get' | 'product.get';

/** The capability that answers "what is this?" for a kind of thing. */
export const capabilityOf: Partial<Record<EntityKind, Capability>> = { post: 'post.get', product: 'product.get' };

export interface CapabilityEntry<C = Credential> {
  readonly platforms: readonly Platform[];
  /** One lookup. Throws AppError; its texts carry no credential. */
  readonly get: (context: ProviderContext<C>, ref: EntityRef) => Promise<ProviderAnswer>;
}

/** What one of the provider's own codes means. */
export interface ErrorMeaning {
  readonly code: ErrorCode;
  /** Message key that says what happened and what to do. */
  readonly advice: string;
  /** Whether the provider bills an answer with this code; null: it does not say. */
  readonly billed: boolean | null;
}

export interface Provider<C = Credential> {
  /** Equals the file's name. */
  readonly id: string;
  /** The name that people know it by; not translated. */
  readonly label: string;
  /** Message key: one sentence on what it gives. */
  readonly summary: string;
  readonly documentation: string | null;
  readonly credential: z.ZodMiniType<C> & { readonly shape: Readonly<Record<string, z.ZodMiniType>> };
  /** The origins that this credential's calls go to (`https://host`), the first of them first. */
  readonly origins: (credential: C) => readonly string[];
  readonly timeoutMs: number;
  readonly capabilities: Readonly<Partial<Record<Capability, CapabilityEntry<C>>>>;
  /** Keys are the provider's codes as text. */
  readonly errors: Readonly<Record<string, ErrorMeaning>>;
  /** One real call that proves the credential. Resolves when it is accepted, also if the sample item is gone. */
  readonly test: (context: ProviderContext<C>) => Promise<void>;
}

/** Declares a provider. The one place where its own credential type is forgotten: the registry holds them all alike. */
export function defineProvider<C extends Credential>(provider: Provider<C>): Provider {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a provider is only ever given what its own schema parsed
  return provider as unknown as Provider;
}

/** The fields of a provider's credential in the form's order. */
export function fieldsOf(provider: Provider): readonly (CredentialField & { readonly name: string })[] {
  return Object.entries(provider.credential.shape).flatMap(([name, schema]) => {
    const field = credentialFields.get(schema);
    return field ? [{ name, ...field }] : [];
  });
}

/** The texts of a credential that must appear nowhere. */
export function secretsOf(provider: Provider, credential: Credential): string[] {
  return fieldsOf(provider)
    .filter((field) => field.secret)
    .flatMap((field) => credential[field.name] ?? [])
    .filter((value) => value.length > 0);
}
