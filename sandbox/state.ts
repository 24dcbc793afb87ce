import type { IncomingMessage, ServerResponse } from 'node:http';
import { createOAuth, type OAuthState } from './tiktok-official-consent.ts';
import { createFourCat, type FourCatState } from './four-cat-imports.ts';
import { createChance, type Limiter } from './limits.ts';
import type { Running } from './course.ts';
import type { AnswerForm, Api, ApiCall, Fault, PageRequest, SandboxCredentials, World } from './types.ts';

/** Everything that changes while the sandbox runs. */
export interface SandboxState {
  world: World;
  credentials: SandboxCredentials;
  calls: ApiCall[];
  pageRequests: PageRequest[];
  faults: { api: Api; fault: Fault; remaining: number }[];
  limiters: Map<Api, Limiter>;
  /** From 0 to 1: draws the faults of a share of the calls. */
  chance: () => number;
  /** Unix ms: the sandbox's time, by which it judges timestamps, limits calls and dates its answers. */
  now: () => number;
  /** By "api/apiName". */
  answers: Map<string, string>;
  /** By address without scheme, with or without query. */
  pages: Map<string, string>;
  answerForm: AnswerForm;
  /** What the gateway has cached: product id to the answered item and its time in Unix seconds. */
  productCache: Map<string, { time: number; item: Record<string, unknown> }>;
  gatewayCallsToday: number;
  /** By the id of the post or product. */
  courses: Map<string, Running>;
  /** Consents, codes and tokens of TikTok's official API. */
  oauth: OAuthState;
  /** The team's 4CAT. */
  fourCat: FourCatState;
}

/** One request with what was already read of it. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  host: string;
  url: URL;
  body: Buffer;
  state: SandboxState;
}

const seed = 20_261_121;

/** Makes the state of a fresh sandbox. */
export function createState(world: World, now: () => number): SandboxState {
  return {
    world,
    credentials: {
      gateway: { key: 't_sandbox_gateway', secret: 'b7c1d2e3f405' },
      keySecret: {
        key: 'sandbox_key_1',
        // Characters that an encoder could change: the secret is appended to the text as it is.
        secret: 'S3cret*~ +/=&key',
        baseUrl: 'https://gateway.keysecret.test/tiktok',
        apiName: 'item_get_video',
      },
      bearer: { apiKey: 'sk-sandbox-bearer-5f2e', baseUrl: 'https://api.bearer.test' },
      openPlatform: { appKey: '7301234567890123456', appSecret: 'a1b2c3d4-sandbox-open-platform' },
      tiktokOfficial: {
        clientKey: 'awsandboxclientkey1',
        clientSecret: 'sandbox*client~secret+1',
        redirectUri: 'http://127.0.0.1:3455/callback/',
      },
      tiktokResearch: { clientKey: 'awsandboxresearch1', clientSecret: 'sandbox*research~secret+1' },
      tikhub: { apiKey: 'tikhub-sandbox-key==' },
      fourCat: { server: 'https://4cat.team.test', token: '4f0ca7-sandbox+token/4711' },
    },
    calls: [],
    pageRequests: [],
    faults: [],
    limiters: new Map(),
    chance: createChance(seed),
    now,
    answers: new Map(),
    pages: new Map(),
    answerForm: 'code',
    productCache: new Map(),
    gatewayCallsToday: 0,
    courses: new Map(),
    oauth: createOAuth(),
    fourCat: createFourCat(),
  };
}

/** Forgets what happened, but keeps the world and the credentials. */
export function resetState(state: SandboxState): void {
  state.calls.length = 0;
  state.pageRequests.length = 0;
  state.faults.length = 0;
  state.limiters.clear();
  state.chance = createChance(seed);
  state.answers.clear();
  state.pages.clear();
  state.productCache.clear();
  state.answerForm = 'code';
  state.gatewayCallsToday = 0;
  state.oauth = createOAuth();
  state.fourCat.imports.length = 0;
  Object.assign(state.fourCat, { ...createFourCat(), imports: state.fourCat.imports });
}

/** The headers by which a log tells who asked. */
export function requestHeaders(request: IncomingMessage): ApiCall['headers'] {
  return {
    cookie: request.headers.cookie ?? null,
    origin: request.headers.origin ?? null,
    referer: request.headers.referer ?? null,
  };
}

/** Sends a whole answer. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string | string[]> = {},
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  response.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(bytes);
}

export const jsonType = 'application/json; charset=utf-8';
