/**
 * The contract of a place that a file is sent to: a server of the researcher's own team, by its own key. A destination is one
 * file and one registry line; its form, host permission and error wording derive from the object that it defines. It touches
 * no network, clock or store: `http` and `clock` are arguments.
 */
import type { Http, WaitingClock } from '../core/ports.ts';
import {
  type Credential,
  type ErrorMeaning,
  type FormField,
  formFieldsOf,
  type FormSchema,
} from '../providers/provider.ts';

export interface DestinationContext<C = Credential> {
  readonly http: Http;
  readonly clock: WaitingClock;
  readonly credential: C;
  readonly signal?: AbortSignal;
}

/** What is sent. */
export interface Consignment {
  readonly file: Blob;
  /** The module of Zeeschuimer's that would have captured the file's items, see zeeschuimerPlatform. */
  readonly platform: string;
  /** Told whenever the server says how far it is; its own words. */
  readonly progress?: (words: string) => void;
}

/** What became of it. */
export interface Receipt {
  /** `done`: the server has read it. `reading`: it has it, and was still at it when nobody waited any longer. */
  readonly state: 'done' | 'reading';
  /** Items that the server made of the file; null: it does not say. */
  readonly rows: number | null;
  /** Where to look at it, on that server. */
  readonly url: string;
  /** The server's own words at the end, without secrets; empty: none. */
  readonly words: string;
}

export interface Destination<C = Credential> {
  /** Equals the file's name. */
  readonly id: string;
  /** The name that people know it by; not translated. */
  readonly label: string;
  /** Message key: one sentence on what it is. */
  readonly summary: string;
  readonly documentation: string | null;
  readonly credential: FormSchema<C>;
  /** The origins that this credential's calls go to (`https://host`). */
  readonly origins: (credential: C) => readonly string[];
  /** Id of the exporter whose file it takes. */
  readonly takes: string;
  /** Its answers that mean a failure, by name; the words of each are a message of its own. */
  readonly errors: Readonly<Record<string, ErrorMeaning>>;
  /** One real call that changes nothing. Resolves when the credential is accepted; throws AppError without any secret. */
  readonly test: (context: DestinationContext<C>) => Promise<void>;
  /** Sends a file, once: nothing is sent again by itself. Throws AppError without any secret. */
  readonly send: (context: DestinationContext<C>, consignment: Consignment) => Promise<Receipt>;
}

/** Declares a destination. The one place where its own credential type is forgotten: the registry holds them all alike. */
export function defineDestination<C extends Credential>(destination: Destination<C>): Destination {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a destination is only ever given what its own schema parsed
  return destination as unknown as Destination;
}

/** The fields of a destination's credential in the form's order. */
export function destinationFields({ credential }: Destination): readonly (FormField & { readonly name: string })[] {
  return formFieldsOf(credential);
}
