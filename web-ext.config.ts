import { defineWebExtConfig } from 'wxt';

const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

// `npm run dev` opens this browser: every host but WXT's own server is the sandbox.
export default defineWebExtConfig({
  binaries: {
    chrome: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    firefox: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr',
  },
  chromiumArgs: [
    '--host-resolver-rules=MAP * 127.0.0.1:8443, EXCLUDE localhost',
    '--ignore-certificate-errors',
    '--disable-quic',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(hasDisplay ? [] : ['--headless=new']),
  ],
  startUrls: ['https://www.tiktok.com/', 'https://www.douyin.com/'],
});
