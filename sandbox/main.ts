import { parseArgs } from 'node:util';
import { startSandbox } from './index.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8443' }, 'proxy-port': { type: 'string', default: '8444' } },
});

const sandbox = await startSandbox({ port: Number(values.port), proxyPort: Number(values['proxy-port']) });
const { credentials, world } = sandbox;
const { tiktok, douyin } = world.ids;

console.log(`The sandbox stands in for TikTok, Douyin and their APIs. Nothing leaves this machine.

HTTPS on 127.0.0.1:${sandbox.port}, CONNECT proxy on 127.0.0.1:${sandbox.proxyPort}

Chromium  chromium --user-data-dir="$(mktemp -d)" --ignore-certificate-errors --disable-quic \\
            --host-resolver-rules="MAP * 127.0.0.1:${sandbox.port}, EXCLUDE localhost" https://www.tiktok.com/foryou
Firefox   set network.proxy.type 1, network.proxy.ssl 127.0.0.1, network.proxy.ssl_port ${sandbox.proxyPort}

Credentials that are valid here only
  gateway     key ${credentials.gateway.key}  secret ${credentials.gateway.secret}
  key-secret  key ${credentials.keySecret.key}  secret ${credentials.keySecret.secret}
              base URL ${credentials.keySecret.baseUrl}  API ${credentials.keySecret.apiName}

Pages to begin with
  https://www.tiktok.com/foryou
  https://www.tiktok.com/@${tiktok.author}
  https://www.tiktok.com/@${tiktok.author}/video/${tiktok.video}
  https://www.tiktok.com/shop/pdp/${tiktok.product}
  https://www.douyin.com/?recommend=1
  https://www.douyin.com/user/${douyin.author}
  https://www.douyin.com/video/${douyin.video}
  https://haohuo.jinritemai.com/views/product/item2?id=${douyin.product}

Controls: GET https://control.clipscope.test/calls, /page-requests, /world, /credentials;
POST /fault {"api":"gateway","fault":{"kind":"quota"},"times":1}, /limit, /answer, /page, /form, /reset`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    void sandbox.close().then(() => process.exit(0));
  });
}
