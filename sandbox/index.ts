import type { Server } from 'node:net';
import type { Socket } from 'node:net';
import type { Sandbox } from './types.ts';
import { setPage } from './control.ts';
import { setCourse } from './course.ts';
import { setFault } from './faults.ts';
import { createLimiter } from './limits.ts';
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

export interface SandboxOptions {
  /** Free ones without them. */
  port?: number;
  proxyPort?: number;
  /** How many times faster than the computer's its time runs. */
  timeScale?: number;
  /** Its time (Unix ms) where neither the computer's nor a faster one will do: one that is wrong, or a test's own. */
  now?: () => number;
}

function scaledTime(scale: number): () => number {
  const start = Date.now();
  return () => start + (Date.now() - start) * scale;
}

/** Starts the stand-in for the platforms and the APIs on this machine only. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const state = createState(createWorld(), options.now ?? scaledTime(options.timeScale ?? 1));
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
    setLimit: (api, limit) => {
      if (limit === null) state.limiters.delete(api);
      else state.limiters.set(api, createLimiter(limit));
    },
    setCourse: (id, course) => setCourse(state, id, course),
    serveAnswer: (api, apiName, body) => {
      if (body === null) state.answers.delete(`${api}/${apiName}`);
      else state.answers.set(`${api}/${apiName}`, body);
    },
    servePage: (url, html) => setPage(state.pages, url, html),
    setAnswerForm: (form) => {
      state.answerForm = form;
    },
    fourCatImports: state.fourCat.imports,
    setFourCatSources: (sources) => {
      state.fourCat.sources = [...sources];
    },
    setTokenLifetime: (accessSeconds, refreshSeconds = state.oauth.refreshSeconds) => {
      Object.assign(state.oauth, { accessSeconds, refreshSeconds });
    },
    holdTokenAnswers: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      state.oauth.held = promise;
      return () => {
        state.oauth.held = null;
        resolve();
      };
    },
    reset: () => resetState(state),
    close: async () => {
      for (const socket of [...sockets, ...proxy.sockets]) socket.destroy();
      await Promise.all([server, proxy.server].map((each) => new Promise((resolve) => each.close(resolve))));
    },
  };
}
