/**
 * The contract of an API that a researcher holds a key for. A provider is one file and one registry line;
 * its options form, host permission, capabilities and error wording all derive from the object it defines.
 * Providers touch no network, clock or store: `http` and `now` are arguments.
 */
import * as z from 'zod/mini';
import type { Capability, ListCapability, LookupCapability } from '../core/capabilities.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { Http } from '../core/ports.ts';
import type { AnyRecord } from '../core/record.ts';
import type { EntityKind, EntityRef, Platform } from '../core/ref.ts';
import type { Limits } from '../core/usage.ts';

/** How a page draws one field of a form (a credential, a query), and whether it must be kept secret. */
export interface FormField {
  /** Message key of the label. */
  readonly label: string;
  /** Message key of a line of help. */
  readonly help?: string;
  /** A secret is masked, never sent back to a page, and redacted from every text. */
  readonly secret: boolean;
  readonly input: 'text' | 'url' | 'url_list' | 'choice' | 'date';
  /** The values of a `choice`; the first is the default. Labels: message key `choice_<field>_<value>`. */
  readonly choices?: readonly string[];
}

/** Every field of a form registers itself here: `z.string().check(...).register(formFields, {...})`. */
export const formFields = z.registry<FormField>();

/** The schema of a form: an object whose fields are registered. */
export type FormSchema<Values> = z.ZodMiniType<Values> & { readonly shape: Readonly<Record<string, z.ZodMiniType>> };

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
  /** Unix ms by the provider's own clock, as far as that is known: what requests are signed with. */
  readonly now: () => number;
  readonly credential: C;
  /** The access token of a provider with a `login`; null for all others. */
  readonly token: string | null;
  /** Ask for an answer past the provider's own cache. */
  readonly fresh: boolean;
  /** Called with every quota reading, also on answers that are errors. */
  readonly reportQuota: (quota: Quota) => void;
  /** Told of every record and of the part of the answer that it was read from; absent: nobody keeps it. */
  readonly made?: (record: AnyRecord, raw: unknown) => void;
}

/** What the reading of an answer is handed of it, see PayloadContext. */
export function toldOf({ made }: Pick<ProviderContext, 'made'>): Pick<ProviderContext, 'made'> {
  return made ? { made } : {};
}

export type { Capability, ListCapability, LookupCapability };

export interface ProviderAnswer {
  /** Never empty: nothing found is AppError `not_found`. */
  readonly records: readonly AnyRecord[];
}

/** The capability that answers "what is this?" for a kind of thing. */
export const capabilityOf: Partial<Record<EntityKind, LookupCapability>> = {
  post: 'post.get',
  product: 'product.get',
  author: 'author.get',
};

export interface LookupEntry<C = Credential> {
  readonly platforms: readonly Platform[];
  /**
   * Whether it can look this very thing up; absent: every one. An author whom the page names by the handle only cannot
   * be asked of an API that knows secUids.
   */
  readonly accepts?: (ref: EntityRef) => boolean;
  /** One lookup. Throws AppError; its texts carry no credential. */
  readonly get: (context: ProviderContext<C>, ref: EntityRef) => Promise<ProviderAnswer>;
}

/** What a query form holds. */
export type Query = Readonly<Record<string, string>>;

export interface ListRequest {
  readonly platform: Platform;
  /** What the list is of: the author of `post.list`, the post of `comment.list`, the shop of `product.list`; null for a search. */
  readonly subject: EntityRef | null;
  /** What the form of `query` holds; empty without one. */
  readonly query: Query;
}

export interface ProviderPage {
  /** May be empty. */
  readonly records: readonly AnyRecord[];
  /** Opaque, only for the next page of the same list; null: this was the last. */
  readonly cursor: string | null;
}

export interface ListEntry<C = Credential> {
  readonly platforms: readonly Platform[];
  /** The kind of thing that a list is of; null: a search. */
  readonly subject: EntityKind | null;
  readonly accepts?: (ref: EntityRef) => boolean;
  /** The form of what is searched for, or of what narrows the list. */
  readonly query?: FormSchema<Query>;
  /** One page. `cursor` is what the page before answered, null for the first. Throws AppError. */
  readonly list: (context: ProviderContext<C>, request: ListRequest, cursor: string | null) => Promise<ProviderPage>;
}

export interface LinkEntry<C = Credential> {
  readonly platforms: readonly Platform[];
  /** The address that a short link leads to. Throws AppError `not_found` where it leads nowhere. */
  readonly resolve: (context: ProviderContext<C>, link: string) => Promise<string>;
}

export type Capabilities<C = Credential> = Readonly<
  Partial<
    Record<LookupCapability, LookupEntry<C>> & Record<ListCapability, ListEntry<C>> & { 'link.resolve': LinkEntry<C> }
  >
>;

/** What an OAuth server gave. Kept with the credential, never shown. */
export interface Tokens {
  readonly access_token: string;
  /** Rotated at every renewal: the former one is dead from then on. */
  readonly refresh_token: string | null;
  /** Unix ms. */
  readonly expires_at: number;
  /** Unix ms; null: no end is known, or there is no refresh token. */
  readonly refresh_expires_at: number | null;
  readonly scopes: readonly string[];
  /** Who logged in, as the server names them; null for an application. */
  readonly account: string | null;
}

/** How the researcher consents in a tab of the browser. */
export interface Consent<C = Credential> {
  /** Exactly as it is registered with the app. */
  readonly redirectUri: (credential: C) => string;
  /** The page of the consent. */
  readonly address: (credential: C, challenge: { readonly state: string; readonly verifier: string }) => string;
  /** Trades the code of the redirect for tokens. */
  readonly redeem: (
    context: ProviderContext<C>,
    given: { readonly code: string; readonly verifier: string },
  ) => Promise<Tokens>;
}

/** Calls need an access token that runs out. The provider describes how to get one; the app gets, keeps and renews it. */
export interface Login<C = Credential> {
  /** Null: the application's own key suffices, nobody needs to consent. */
  readonly consent: Consent<C> | null;
  /** New tokens: of the refresh token in `tokens`, or of the application's own key. `auth`: a new consent is needed. */
  readonly renew: (context: ProviderContext<C>, tokens: Tokens | null) => Promise<Tokens>;
  /** Tells the server that the tokens are not needed any more. Absent: they run out by themselves. */
  readonly revoke?: (context: ProviderContext<C>, tokens: Tokens) => Promise<void>;
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
  readonly credential: FormSchema<C>;
  /** False: it works without any credential (the schema then has no required field). */
  readonly needsCredential: boolean;
  readonly login?: Login<C>;
  /** The origins that this credential's calls go to (`https://host`), the first of them first. */
  readonly origins: (credential: C) => readonly string[];
  readonly timeoutMs: number;
  readonly limits: (credential: C) => Limits;
  readonly capabilities: Capabilities<C>;
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

/** The fields of a form in its order. */
export function formFieldsOf(
  schema: FormSchema<never> | FormSchema<Query> | FormSchema<Credential>,
): readonly (FormField & { readonly name: string })[] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const known = formFields.get(field);
    return known ? [{ name, ...known }] : [];
  });
}

/** The fields of a provider's credential in the form's order. */
export function fieldsOf(provider: Provider): readonly (FormField & { readonly name: string })[] {
  return formFieldsOf(provider.credential);
}

/** The texts of a credential that must appear nowhere. */
export function secretsOf(provider: Provider, credential: Credential): string[] {
  return fieldsOf(provider)
    .filter((field) => field.secret)
    .flatMap((field) => credential[field.name] ?? [])
    .filter((value) => value.length > 0);
}
