import type { Server } from 'node:net';
import type { Socket } from 'node:net';
import type { Sandbox } from './types.ts';
import { setPage } from './control.ts';
import { setFault } from './faults.ts';
import { createProxy } from './proxy.ts';
import { createSandboxServer } from './server.ts';
import { createState, resetState } from './state.ts';
import { createWorld } from './world/world.ts';

export type * from './types.ts';

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/**
 * Starts the stand-in for the platforms and the APIs on this machine only. Without ports it takes
 * free ones.
 */
export async function startSandbox(options: { port?: number; proxyPort?: number } = {}): Promise<Sandbox> {
  const state = createState(createWorld());
  const server = await createSandboxServer(state);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const port = await listen(server, options.port ?? 0);
  const proxy = createProxy(port);
  const proxyPort = await listen(proxy.server, options.proxyPort ?? 0);
  return {
    port,
    proxyPort,
    world: state.world,
    credentials: state.credentials,
    calls: state.calls,
    pageRequests: state.pageRequests,
    setFault: (api, fault, times) => setFault(state, api, fault, times),
    serveAnswer: (api, apiName, body) => {
      if (body === null) state.answers.delete(`${api}/${apiName}`);
      else state.answers.set(`${api}/${apiName}`, body);
    },
    servePage: (url, html) => setPage(state.pages, url, html),
    setAnswerForm: (form) => {
      state.answerForm = form;
    },
    reset: () => resetState(state),
    close: async () => {
      for (const socket of [...sockets, ...proxy.sockets]) socket.destroy();
      await Promise.all([server, proxy.server].map((each) => new Promise((resolve) => each.close(resolve))));
    },
  };
}
