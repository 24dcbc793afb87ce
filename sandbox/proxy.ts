import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/**
 * Makes an HTTP CONNECT proxy that leads every host to the sandbox and nothing to the outside.
 * Firefox reaches the sandbox by it, having no counterpart to Chromium's --host-resolver-rules.
 */
export function createProxy(httpsPort: number): { server: Server; sockets: Set<Socket> } {
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => {
    response.writeHead(405, { 'content-type': 'text/plain' }).end('Only CONNECT is answered here.\n');
  });
  server.on('connect', (_request, client: Socket, head: Buffer) => {
    const upstream = connect(httpsPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
      socket.on('error', () => socket.destroy());
    }
  });
  return { server, sockets };
}
