import { defineConfig } from 'wxt';
import { siteMatches } from './lib/sites/index.ts';

// Permissions are a snapshot per browser (lib/manifest.test.ts): widening one is a visible diff.
export default defineConfig({
  imports: false,
  modules: ['@wxt-dev/webextension-polyfill'],
  manifest: ({ browser }) => ({
    default_locale: 'en',
    name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    homepage_url: 'https://github.com/clipscope/clipscope',
    incognito: 'not_allowed',
    permissions: [
      // Wakes the worker for jobs that wait and for watchlists.
      'alarms',
      'storage',
      'unlimitedStorage',
      'downloads',
      ...(browser === 'firefox' ? [] : ['sidePanel', 'offscreen']),
    ],
    host_permissions: siteMatches(),
    // Asked for one origin at a time, when a credential is saved or tested.
    optional_host_permissions: ['https://*/*', 'http://localhost/*', 'http://127.0.0.1/*'],
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'clipscope@clipscope.org',
              // 147 is the first Firefox with the Navigation API, by which we follow in-page navigation.
              strict_min_version: '147.0',
              data_collection_permissions: {
                required: ['none'],
                optional: ['authenticationInfo', 'websiteContent'],
              },
            },
          },
        }
      : { minimum_chrome_version: '120' }),
  }),
  // What runs leave behind is no source.
  zip: { excludeSources: ['tour/**', 'test-results/**', 'bench/results/**'] },
  hooks: {
    // Two content scripts carry no sites: the one in the page's own world and the overlay.
    'entrypoints:resolved': (_wxt, entrypoints) => {
      for (const { type, options } of entrypoints) if (type === 'content-script') options.matches ??= siteMatches();
    },
  },
  vite: () => ({ build: { target: 'es2022' } }),
});
