/** What each browser is asked for, and how heavy what we put into pages is. Widening either is a visible diff. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

interface Manifest {
  readonly manifest_version: number;
  readonly permissions?: string[];
  readonly host_permissions?: string[];
  readonly optional_permissions?: string[];
  readonly optional_host_permissions?: string[];
  readonly content_scripts?: {
    readonly matches: string[];
    readonly js?: string[];
    readonly world?: string;
    readonly all_frames?: boolean;
  }[];
  readonly web_accessible_resources?: unknown[];
  readonly incognito?: string;
  readonly content_security_policy?: unknown;
  readonly externally_connectable?: unknown;
}

function newest(folder: string): number {
  return Math.max(
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((item) => item.isFile() && !item.name.endsWith('.test.ts'))
      .map((item) => statSync(join(item.parentPath, item.name)).mtimeMs),
  );
}

const builds = { chromium: '.output/chrome-mv3', firefox: '.output/firefox-mv3' } as const;

function manifestOf(browser: keyof typeof builds): Manifest {
  return JSON.parse(readFileSync(join(root, builds[browser], 'manifest.json'), 'utf8')) as Manifest;
}

beforeAll(() => {
  const sources = Math.max(
    ...['lib', 'components', 'entrypoints', 'public'].map((folder) => newest(join(root, folder))),
  );
  for (const [browser, script] of [
    ['chromium', 'build'],
    ['firefox', 'build:firefox'],
  ] as const) {
    const manifest = join(root, builds[browser], 'manifest.json');
    if (existsSync(manifest) && statSync(manifest).mtimeMs > sources) continue;
    const built = spawnSync('npm', ['run', '-s', script], { cwd: root, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(`npm run ${script} failed:\n${built.stdout}${built.stderr}`);
  }
}, 120_000);

const siteHosts = [
  'https://*.douyin.com/*',
  'https://*.iesdouyin.com/*',
  'https://*.tiktok.com/*',
  'https://buyin.jinritemai.com/*',
  'https://haohuo.jinritemai.com/*',
];
const optionalHosts = ['https://*/*', 'http://localhost/*', 'http://127.0.0.1/*'];

describe('permissions', () => {
  it('Chromium is asked for these and no others', () => {
    const manifest = manifestOf('chromium');
    expect(manifest.manifest_version).toBe(3);
    expect([...(manifest.permissions ?? [])].sort()).toEqual([
      'alarms',
      'downloads',
      'offscreen',
      'sidePanel',
      'storage',
      'unlimitedStorage',
    ]);
    expect([...(manifest.host_permissions ?? [])].sort()).toEqual(siteHosts);
    expect(manifest.optional_host_permissions).toEqual(optionalHosts);
  });

  it('Firefox is asked for these and no others', () => {
    const manifest = manifestOf('firefox');
    expect(manifest.manifest_version).toBe(3);
    expect([...(manifest.permissions ?? [])].sort()).toEqual(['alarms', 'downloads', 'storage', 'unlimitedStorage']);
    expect([...(manifest.host_permissions ?? [])].sort()).toEqual(siteHosts);
    expect(manifest.optional_host_permissions).toEqual(optionalHosts);
  });

  for (const browser of ['chromium', 'firefox'] as const) {
    it(`${browser}: no page of another site is touched, none can talk to us, private windows are left alone`, () => {
      const manifest = manifestOf(browser);
      for (const script of manifest.content_scripts ?? []) {
        expect([...script.matches].sort()).toEqual(siteHosts);
        expect(script.all_frames ?? false).toBe(false);
      }
      expect(manifest.externally_connectable).toBeUndefined();
      expect(manifest.web_accessible_resources ?? []).toEqual([]);
      expect(manifest.content_security_policy).toBeUndefined();
      expect(manifest.incognito).toBe('not_allowed');
    });

    it(`${browser}: each content script is at most 25 kB gzipped`, () => {
      const scripts = (manifestOf(browser).content_scripts ?? []).flatMap((script) => script.js ?? []);
      expect(scripts.length).toBeGreaterThan(0);
      for (const script of scripts) {
        const size = gzipSync(readFileSync(join(root, builds[browser], script))).byteLength;
        expect(size, `${script} gzipped`).toBeLessThanOrEqual(25_000);
      }
    });

    it(`${browser}: one script runs in the page's own world, and it knows nothing of the extension`, () => {
      const scripts = manifestOf(browser).content_scripts ?? [];
      const inPage = scripts.filter((script) => script.world === 'MAIN').flatMap((script) => script.js ?? []);
      expect(inPage).toEqual(['content-scripts/page-tap.js']);
      const text = readFileSync(join(root, builds[browser], 'content-scripts/page-tap.js'), 'utf8');
      expect(text).not.toMatch(/\b(?:chrome|browser)\b|runtime|sendMessage|polyfill/u);
      // The others share a world, by which one hands the overlay to the other.
      const others = scripts.filter((script) => script.world !== 'MAIN').flatMap((script) => script.js ?? []);
      expect([...others].sort()).toEqual(['content-scripts/content.js', 'content-scripts/overlay.js']);
    });

    it(`${browser}: the content scripts carry no zod and no dictionary`, () => {
      const text = (manifestOf(browser).content_scripts ?? [])
        .flatMap((script) => script.js ?? [])
        .map((script) => readFileSync(join(root, builds[browser], script), 'utf8'))
        .join('');
      expect(text).not.toMatch(/ZodMini|invalid_type|\$ZodType/u);
      expect(text).not.toMatch(/观测时间|Observed/u);
    });
  }
});
