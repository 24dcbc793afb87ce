/** The APIs that the sandbox stands in for, one line each. */
import type { Exchange } from './state.ts';
import { gatewayHosts, handleGateway } from './gateway.ts';
import { handleKeySecret, keySecretHost } from './key-secret.ts';

export interface SandboxApi {
  /** Whether a request to this host and path is for this API. */
  handles(host: string, path: string): boolean;
  handle(exchange: Exchange): Promise<void>;
}

const apis: readonly SandboxApi[] = [
  { handles: (host) => gatewayHosts.includes(host), handle: handleGateway },
  { handles: (host) => host === keySecretHost, handle: handleKeySecret },
];

/** The API that answers here; undefined: it is a page. */
export function apiFor(host: string, path: string): SandboxApi | undefined {
  return apis.find((api) => api.handles(host, path));
}
