// `npm run dev`: the sandbox, WXT with hot reload, and a browser in which every host but WXT's own server is the sandbox.
// `npm run dev -- -b firefox --mv3` does the same in Firefox. WXT's own browser start is off (web-ext.config.ts): Debian's
// Chromium 156 closes the connection at its `Extensions.loadUnpacked` (2026-11), while `--load-extension` works.
import { spawn } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages, ensureSystem, environment, root } from './setup.mjs';

const port = 8443;
const proxyPort = 8444;
const wxtParameters = process.argv.slice(2);
const inFirefox = wxtParameters.includes('firefox');
const start = Date.now();
const startUrls = ['https://www.tiktok.com/', 'https://www.douyin.com/'];
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

ensurePackages();
ensureSystem([inFirefox ? 'firefox-esr' : 'chromium']);

const running = [];

/** Starts a command that lives as long as this one does. */
function launch(command, parameters) {
  const child = spawn(command, parameters, { cwd: root, env: environment, stdio: 'inherit' });
  child.on('error', (error) => console.error(`${command}: ${error.message}`));
  running.push(child);
  return child;
}

function stop(code) {
  for (const child of running) child.kill();
  process.exit(code);
}
process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));

/** Resolves once WXT has written this run's build. */
async function built(folder) {
  for (;;) {
    try {
      if (statSync(join(folder, 'manifest.json')).mtimeMs >= start) return;
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

launch('node', [
  '--disable-warning=ExperimentalWarning',
  'sandbox/main.ts',
  '--port',
  String(port),
  '--proxy-port',
  String(proxyPort),
]);
launch('wxt', wxtParameters).on('exit', (code) => stop(code ?? 1));

const folder = join(root, '.output', inFirefox ? 'firefox-mv3-dev' : 'chrome-mv3-dev');
await built(folder);
const profile = join(root, '.cache', inFirefox ? 'dev-firefox' : 'dev-chromium');
mkdirSync(profile, { recursive: true });
if (inFirefox) {
  launch('web-ext', [
    'run',
    '--no-reload',
    `--source-dir=${folder}`,
    `--firefox=${process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr'}`,
    '--pref=network.proxy.type=1',
    '--pref=network.proxy.ssl=127.0.0.1',
    `--pref=network.proxy.ssl_port=${proxyPort}`,
    ...(hasDisplay ? [] : ['--arg=-headless']),
    ...startUrls.map((url) => `--start-url=${url}`),
  ]);
} else {
  launch(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', [
    `--user-data-dir=${profile}`,
    `--disable-extensions-except=${folder}`,
    `--load-extension=${folder}`,
    `--host-resolver-rules=MAP * 127.0.0.1:${port}, EXCLUDE localhost`,
    '--ignore-certificate-errors',
    '--disable-quic',
    '--no-first-run',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(hasDisplay ? [] : ['--headless=new', '--remote-debugging-port=9222']),
    // Headless Chromium opens one address only.
    ...startUrls.slice(0, hasDisplay ? undefined : 1),
  ]);
}
console.log(
  `\nA browser with the extension is open${hasDisplay ? '' : ' (headless, debugging port 9222)'}. Ctrl+C ends everything.`,
);
