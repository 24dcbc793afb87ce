/** The APIs that the sandbox stands in for, one line each. */
import type { Exchange } from './state.ts';
import { bearerHost, handleBearer } from './bearer.ts';
import { fourCatHost, handleFourCat } from './four-cat.ts';
import { gatewayHosts, handleGateway } from './gateway.ts';
import { handleKeySecret, keySecretHost } from './key-secret.ts';
import { handleOembed, isOembed } from './oembed.ts';
import { handleOpenPlatform, isOpenPlatform } from './open-platform.ts';
import {
  asksForAppToken,
  handleAppToken,
  handleTiktokResearch,
  researchPath,
  tiktokOpenHost,
} from './tiktok-research.ts';
import { handleTikhub, tikhubHosts } from './tikhub.ts';
import { handleTiktokOfficial, isTiktokOfficial } from './tiktok-official.ts';

export interface SandboxApi {
  /** Whether a request to this host and path is for this API. */
  handles(host: string, path: string): boolean;
  handle(exchange: Exchange): Promise<void>;
}

const apis: readonly SandboxApi[] = [
  { handles: (host) => gatewayHosts.includes(host), handle: handleGateway },
  { handles: (host) => host === keySecretHost, handle: handleKeySecret },
  { handles: (host) => host === bearerHost, handle: handleBearer },
  { handles: (host) => tikhubHosts.includes(host), handle: handleTikhub },
  { handles: (host) => host === fourCatHost, handle: handleFourCat },
  { handles: isOembed, handle: handleOembed },
  { handles: isOpenPlatform, handle: handleOpenPlatform },
  {
    handles: (host, path) => host === tiktokOpenHost && path.startsWith(researchPath),
    handle: handleTiktokResearch,
  },
  {
    // One address for both: applications get theirs from the Research API, people from the Display API.
    handles: (host, path) => host === tiktokOpenHost && path === '/v2/oauth/token/',
    handle: (exchange) => (asksForAppToken(exchange) ? handleAppToken(exchange) : handleTiktokOfficial(exchange)),
  },
  { handles: isTiktokOfficial, handle: handleTiktokOfficial },
];

/** The API that answers here; undefined: it is a page. */
export function apiFor(host: string, path: string): SandboxApi | undefined {
  return apis.find((api) => api.handles(host, path));
}
