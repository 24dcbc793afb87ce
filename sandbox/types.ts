/** The vocabulary of the sandbox: its invented world, its faults and its logs. */
import type { SandboxLimit } from './limits.ts';

export type { SandboxLimit };

export type Platform = 'tiktok' | 'douyin';

/** The same names as the extension's providers and destinations. */
export type Api =
  | 'gateway'
  | 'key-secret'
  | 'bearer'
  | 'open-platform'
  | 'tiktok-official'
  | 'tiktok-research'
  | 'tikhub'
  | 'oembed'
  | 'four-cat';

/** An invented person or brand. */
export interface WorldAuthor {
  platform: Platform;
  /** The numeric account id, as text. */
  uid: string;
  /** The name in the address on TikTok; the public account name on Douyin. */
  handle: string;
  /** The short numeric account name that Douyin shows; empty on TikTok. */
  shortId: string;
  name: string;
  secUid: string;
  signature: string;
  verified: boolean;
  followers: number;
  following: number;
  likes: number;
  /** How many posts the profile says it has: as many as the world holds. */
  posts: number;
  /** The running live broadcast, where there is one. */
  live: { roomId: string; webRid: string; title: string; viewers: number; startedAt: number } | null;
}

export interface WorldMusic {
  id: string;
  title: string;
  author: string;
  durationSeconds: number;
  original: boolean;
}

/** Exact figures. Douyin publishes no plays on the web: there `plays` is null. */
export interface WorldCounts {
  plays: number | null;
  likes: number;
  comments: number;
  shares: number;
  saves: number;
  reposts: number;
}

export interface WorldComment {
  id: string;
  author: WorldAuthor;
  text: string;
  likes: number;
  replies: number;
  createdAt: number;
  /** The comment that this one answers; null: the post. */
  parent: string | null;
}

export interface WorldPost {
  platform: Platform;
  id: string;
  kind: 'video' | 'photo';
  author: WorldAuthor;
  caption: string;
  /** What the gateway answers when asked for English; null: it returns the caption itself. */
  captionInEnglish: string | null;
  /** Unix seconds. */
  createdAt: number;
  /** Whole seconds on TikTok; 0 for a photo post. */
  durationMs: number;
  width: number;
  height: number;
  counts: WorldCounts;
  /** In the order of the caption, without the number sign. */
  hashtags: string[];
  mentions: string[];
  music: WorldMusic;
  products: WorldProduct[];
  imageCount: number;
  language: string;
  country: string;
  flags: { ad: boolean; paidPartnership: boolean; aiGenerated: boolean };
  /** A withdrawn post keeps its page address, but APIs report it as withdrawn. */
  status: 'normal' | 'withdrawn';
  /** The key-secret API answers `hashtags: null` for this post. */
  hashtagsAnsweredAsNull: boolean;
  comments: WorldComment[];
  /** The playlist or mix that it belongs to. */
  collection: WorldCollection | null;
}

/** A playlist of TikTok, a mix of Douyin. */
export interface WorldCollection {
  id: string;
  name: string;
  author: WorldAuthor;
}

/**
 * Who is logged in on every page, and what their browser sends along: nothing of this may turn up in anything that is
 * kept, shown or exported.
 */
export interface WorldViewer {
  handle: string;
  name: string;
  uid: string;
  secUid: string;
  deviceId: string;
  installId: string;
  msToken: string;
  verifyFp: string;
  bogus: string;
  signature: string;
}

export interface WorldProduct {
  platform: Platform;
  id: string;
  title: string;
  /** Fen on Douyin, cents on TikTok. */
  priceMinor: number;
  maximumPriceMinor: number;
  marketPriceMinor: number;
  currency: 'CNY' | 'USD';
  /** The exact number sold, which the platform does not always publish. */
  sold: number;
  /** What the gateway answers, for instance "1.3万+". */
  soldText: string;
  shop: { id: string; name: string; company: string; telephone: string; productCount: number };
  categories: { id: number; name: string }[];
  options: { name: string; values: string[] }[];
  attributes: Record<string, string>;
  score: { product: number; service: number; logistics: number };
  rating: number;
  reviewCount: number;
  imageCount: number;
  status: 'on_sale' | 'off_shelf';
  /** Pieces that can be bought; undefined: as many as the APIs make up. */
  stock?: number | undefined;
}

/**
 * How a post or product changes with time: known functions of it (Unix ms), so that a test can say what was true when.
 * What is left out stays as it is.
 */
export interface Course {
  priceMinor?: (at: number) => number;
  stock?: (at: number) => number;
  plays?: (at: number) => number;
  likes?: (at: number) => number;
  /** Before this it is not there (Unix ms). */
  publishedAt?: number;
  /** From this on it is not there any more (Unix ms). */
  removedAt?: number;
}

/** Ids of posts and products that have one particular property, for tests to name. */
export interface WorldIds {
  tiktok: {
    video: string;
    photo: string;
    withProducts: string;
    nullHashtags: string;
    withdrawn: string;
    formulaCaption: string;
    lineBreaksAndQuotes: string;
    rightToLeft: string;
    scheduled: string;
    advertisement: string;
    aiGenerated: string;
    /** Well formed, but not in the world. */
    missing: string;
    product: string;
    missingProduct: string;
    author: string;
    liveAuthor: string;
    music: string;
    playlist: string;
    /** Addresses that answer 10216 (private post) and 10222 (private account). */
    privatePost: string;
    privateAccountPost: string;
  };
  douyin: {
    video: string;
    note: string;
    withProducts: string;
    formulaCaption: string;
    lineBreaksAndQuotes: string;
    /** Its text_extra lacks one of the hashtags of its caption. */
    incompleteTextExtra: string;
    withdrawn: string;
    missing: string;
    product: string;
    offShelfProduct: string;
    missingProduct: string;
    author: string;
    liveWebRid: string;
    music: string;
    mix: string;
  };
}

/**
 * Everything the sandbox knows. The figures may be changed while it runs: pages and APIs read them
 * for every answer, so that a test can let a price or a count move.
 */
export interface World {
  authors: WorldAuthor[];
  posts: WorldPost[];
  products: WorldProduct[];
  ids: WorldIds;
  viewer: WorldViewer;
  post(id: string): WorldPost | undefined;
  product(id: string): WorldProduct | undefined;
  /** By handle, secUid or numeric id. */
  author(name: string): WorldAuthor | undefined;
  postsOf(platform: Platform): WorldPost[];
  /** The answers to a comment, oldest first. */
  repliesTo(comment: WorldComment): WorldComment[];
  collections: WorldCollection[];
}

interface FaultFilter {
  /** Only for calls to this host, so that the fail-over to another host can be seen. */
  host?: string;
  /** Only for calls that ask for this item. */
  itemId?: string;
  /** Only for this share of the calls (0.1: every tenth on average), drawn alike in every run. */
  share?: number;
}

export type Fault = FaultFilter &
  (
    | { kind: 'slow'; ms: number }
    | { kind: 'status'; status: number }
    | { kind: 'rate_limit'; retryAfter?: number }
    | { kind: 'quota' }
    | { kind: 'wrong_key_gbk' }
    | { kind: 'truncated' }
    | { kind: 'html' }
    | { kind: 'wrong_item' }
    /** The gateway's products: from its cache, which saw them so long ago, also where it was asked not to. */
    | { kind: 'cached'; ageMs: number }
    | { kind: 'dead' }
    /** Headers and the beginning of a body, and then nothing more. */
    | { kind: 'stall' }
    | { kind: 'code'; code: string; reason?: string }
    | { kind: 'oversize'; bytes: number }
    | { kind: 'redirect'; location: string }
  );

/** One call of an API. Nothing is redacted: the credentials are the sandbox's own. */
export interface ApiCall {
  /** Unix milliseconds. */
  time: number;
  host: string;
  path: string;
  method: string;
  api: Api;
  apiName: string;
  itemId: string | null;
  /**
   * 'ok', 'not_found', the reason of a refusal or the name of the fault that was set. Refusals: 'wrong_key',
   * 'wrong_secret', 'bad_sign', 'stale_timestamp', 'bad_timestamp', 'bad_method', 'bad_body', 'bad_parameter',
   * 'missing_parameter', 'unknown_api'. Faults: their kind, 'status_503' or 'code_4005'.
   */
  verdict: string;
  /** What key, secret, signature and parameters alone would have given, also under a fault. */
  checked: string;
  parameters: Record<string, unknown>;
  headers: { cookie: string | null; origin: string | null; referer: string | null };
}

/** One request that is no API call. */
export interface PageRequest {
  time: number;
  method: string;
  host: string;
  path: string;
  /** With the question mark; empty when there is none. */
  query: string;
  /**
   * What it was answered with. `page-api`: the site's own JSON; `unknown`: 404; `browser`: 404 too, but asked by
   * the browser itself (updates, accounts), which proves nothing about an extension.
   */
  kind: 'page' | 'page-api' | 'asset' | 'unknown' | 'browser';
  status: number;
  headers: { cookie: string | null; origin: string | null; referer: string | null; fetchSite: string | null };
}

export interface SandboxCredentials {
  gateway: { key: string; secret: string };
  keySecret: { key: string; secret: string; baseUrl: string; apiName: string };
  bearer: { apiKey: string; baseUrl: string };
  openPlatform: { appKey: string; appSecret: string };
  /** The app of the researcher, and who consents on its screens. */
  tiktokOfficial: { clientKey: string; clientSecret: string; redirectUri: string };
  tiktokResearch: { clientKey: string; clientSecret: string };
  tikhub: { apiKey: string };
  fourCat: { server: string; token: string };
}

/** One file that was sent to the team's 4CAT, and what it made of it. */
export interface FourCatImport {
  key: string;
  /** As the header named it: `tiktok.com`. */
  platform: string;
  /** `none`, `pseudonymise` or `anonymise`. */
  authors: string;
  /** The lines that were JSON objects, unwrapped as 4CAT has them. */
  items: Record<string, unknown>[];
  /** What is wrong with which line, by the rules of Zeeschuimer's form and of 4CAT's columns. */
  problems: string[];
  /** Items of which 4CAT can make a row. */
  rows: number;
  /** The import as a whole has failed. */
  failed: boolean;
}

/** Which of its three forms of success the key-secret API uses; of the bearer API `status` is the structured form. */
export type AnswerForm = 'code' | 'code-as-text' | 'status';

export interface Sandbox {
  readonly port: number;
  readonly proxyPort: number;
  readonly world: World;
  readonly credentials: SandboxCredentials;
  readonly calls: readonly ApiCall[];
  readonly pageRequests: readonly PageRequest[];
  /** Lets the next `times` matching calls fail (without `times`: all); null removes every fault of that API. */
  setFault(api: Api, fault: Fault | null, times?: number): void;
  /**
   * What that API lets through: what exceeds it is answered, and logged, as a `rate_limit` or `quota` fault, in the API's
   * own form. Null: everything, as at the start.
   */
  setLimit(api: Api, limit: SandboxLimit | null): void;
  /** Lets a post or product of the world change with the sandbox's time; null: it stays as it is now, and is there. */
  setCourse(id: string, course: Course | null): void;
  /** Answers that API with this text, after checking credentials and signature; null returns to the world. */
  serveAnswer(api: Api, apiName: string, body: string | null): void;
  /** Serves this HTML under exactly this address; its query counts only when it is given. */
  servePage(url: string, html: string | null): void;
  setAnswerForm(form: AnswerForm): void;
  /** What the team's 4CAT was sent, oldest first. */
  readonly fourCatImports: readonly FourCatImport[];
  /** The data sources that the team's 4CAT has switched on: `tiktok`, `tiktok-comments`, `douyin`. */
  setFourCatSources(sources: readonly string[]): void;
  /** How long the tokens that TikTok's login gives out from now on live. */
  setTokenLifetime(accessSeconds: number, refreshSeconds?: number): void;
  /** From now on token answers are made, which kills what they were got with, but not sent before the returned function is called. */
  holdTokenAnswers(): () => void;
  /** Forgets logs, faults, answers, pages and caches; the world keeps its figures. */
  reset(): void;
  close(): Promise<void>;
}
