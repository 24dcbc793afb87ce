/** What is said of places that files are sent to. Types only, since the pages carry them. */

/** A destination's credential as the options page sees it: secrets never come back. */
export interface DestinationState {
  readonly destination: string;
  readonly saved: boolean;
  /** Field name → value; a stored secret is the empty text. */
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Names of the secret fields that have a stored value. */
  readonly storedSecrets: readonly string[];
}

/** A file that was sent. */
export interface SentFile {
  /** The module of Zeeschuimer's that its items are of: `tiktok.com`. */
  readonly platform: string;
  /** `done`: the server has read it. `reading`: it has it, and goes on by itself. */
  readonly state: 'done' | 'reading';
  /** Items that the server made of it; null: it does not say. */
  readonly rows: number | null;
  /** Where to look at it, on that server. */
  readonly url: string;
  /** The server's own words, without secrets; empty: none. */
  readonly words: string;
}
