/** The shape of the house. Each failure says what to do. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder, isTest, root, skipped, type Source, sources } from './sources-harness.ts';

/** The layer of a file or folder: `lib/core`, `components`, `scripts/cli`. */
function layerOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'lib' || (first === 'scripts' && second === 'cli') ? `${first}/${second}` : first;
}

/**
 * Who may import whom; what is absent is forbidden. A change here is a change of the architecture: say why in the
 * commit. `npm:` marks a package.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'lib/core': ['npm:zod'],
  'lib/signing': ['lib/core', 'npm:@noble/hashes'],
  'lib/payloads': ['lib/core', 'npm:zod'],
  'lib/analysis': ['lib/core'],
  'lib/sites': ['lib/core/ref.ts', 'lib/core/errors.ts', 'lib/core/page-data.ts'],
  'lib/exporters': [
    'lib/core',
    'lib/analysis',
    'npm:papaparse',
    'npm:fflate',
    'npm:@noble/hashes',
    'npm:hyparquet-writer',
  ],
  'lib/providers': ['lib/core', 'lib/payloads', 'lib/signing', 'npm:zod'],
  'lib/destinations': [
    'lib/core',
    'lib/exporters',
    // The fields of a form, and what every answer of a server is read with.
    'lib/providers/provider.ts',
    'lib/providers/field-schemas.ts',
    'lib/providers/http-answer.ts',
    'npm:zod',
  ],
  'lib/transport': ['lib/core', 'npm:ky', 'npm:zod'],
  'lib/storage': ['lib/core', 'npm:zod', 'npm:idb', 'npm:fflate', 'npm:wxt'],
  'lib/importers': ['lib/core', 'lib/payloads', 'npm:zod', 'npm:papaparse'],
  'lib/jobs': ['lib/core', 'npm:zod'],
  'lib/i18n': ['public'],
  'lib/messaging': ['lib/core', 'npm:zod', 'npm:wxt'],
  'lib/app': [
    'lib/core',
    'lib/sites',
    'lib/payloads',
    'lib/providers',
    'lib/signing',
    'lib/transport',
    'lib/storage',
    'lib/analysis',
    'lib/exporters',
    'lib/destinations',
    'lib/importers',
    'lib/jobs',
    'lib/i18n',
    'lib/messaging',
    'npm:comlink',
    'npm:zod',
    'npm:wxt',
  ],
  components: [
    'lib/core',
    'lib/analysis',
    'lib/messaging',
    'lib/providers',
    'lib/exporters',
    'lib/destinations',
    'lib/sites/index.ts',
    // Reads a pasted list as it is typed.
    'lib/sites/list-input.ts',
    'lib/i18n',
    'npm:preact',
    'npm:uplot',
    'npm:zod',
  ],
  entrypoints: ['components', 'lib/app', 'lib/sites', 'lib/messaging', 'npm:preact', 'npm:wxt'],
  'scripts/cli': [
    'lib/core',
    'lib/sites',
    'lib/payloads',
    'lib/signing',
    'lib/exporters',
    'lib/analysis',
    'lib/importers',
    // What makes pseudonyms and samples the same ones as in the extension.
    'lib/app/pseudonymise.ts',
    'lib/app/sample.ts',
    'npm:linkedom',
    'node:',
    'package.json',
  ],
  sandbox: ['npm:selfsigned', 'node:'],
};

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:';
  const [scope = '', name = ''] = specifier.split('/');
  return `npm:${scope.startsWith('@') ? `${scope}/${name}` : scope}`;
}

function targetOf(source: Source, specifier: string): string {
  if (!specifier.startsWith('.')) return packageOf(specifier);
  return relative(root, resolve(root, dirname(source.path), specifier.replace(/\?.*$/u, '')));
}

describe('layers', () => {
  for (const [layer, targets] of Object.entries(allowed)) {
    it(`${layer} imports only what it may`, () => {
      const wrong = sources
        .filter(
          (source) =>
            layerOf(source.path) === layer && !isTest(source.path) && !/lib\/[^/]+\.test\.ts$/u.test(source.path),
        )
        .flatMap((source) =>
          source.imports
            .map(({ specifier }) => targetOf(source, specifier))
            .filter((target) => {
              const own = layerOf(target) === layer;
              return (
                !own &&
                !targets.some(
                  (allowedTarget) =>
                    target === allowedTarget ||
                    target.startsWith(`${allowedTarget}/`) ||
                    layerOf(target) === allowedTarget,
                )
              );
            })
            .map(
              (target) =>
                `${source.path} → ${target}: move the code to a layer that may, or change the table and say why`,
            ),
        );
      expect(wrong).toEqual([]);
    });
  }

  it('every folder of lib has its place in the table', () => {
    const folders = readdirSync(join(root, 'lib'), { withFileTypes: true }).filter((item) => item.isDirectory());
    expect(folders.map((item) => `lib/${item.name}`).filter((folder) => !allowed[folder])).toEqual([]);
  });

  it('providers, payloads, exporters and sites do not import their siblings', () => {
    const shared = new Set(['provider.ts', 'payload.ts', 'exporter.ts', 'site.ts']);
    const plugins = sources.filter(
      ({ path }) =>
        /^lib\/providers\/[^/]+\.ts$/u.test(path) &&
        !isTest(path) &&
        !shared.has(basename(path)) &&
        basename(path) !== 'index.ts',
    );
    const ids = plugins.map(({ path }) => path);
    const wrong = plugins.flatMap((source) =>
      source.imports
        .map(({ specifier }) => targetOf(source, specifier))
        .filter((target) => {
          // A file named like a provider plus a dash is a part of it: `gateway-errors.ts` belongs to `gateway.ts`.
          const stem = basename(source.path, '.ts');
          return (
            ids.includes(target) &&
            !basename(target, '.ts').startsWith(`${stem}-`) &&
            !/^(?:http-answer|field)/u.test(basename(target))
          );
        }),
    );
    expect(wrong).toEqual([]);
  });

  /** A file and everything that comes with it into a bundle, types left out. */
  function carriedBy(path: string, carried = new Set<string>()): ReadonlySet<string> {
    const source = sources.find((candidate) => candidate.path === path);
    if (!source || carried.has(path)) return carried;
    carried.add(path);
    for (const { specifier, typeOnly } of source.imports) {
      if (!typeOnly) carriedBy(targetOf(source, specifier), carried);
    }
    return carried;
  }

  it.each(['entrypoints/content.ts', 'entrypoints/overlay.content.ts'])(
    'what %s carries imports the protocol as types only',
    (entry) => {
      const carried = carriedBy(entry);
      expect(carried.size).toBeGreaterThan(5);
      const wrong = sources
        .filter(({ path }) => carried.has(path))
        .flatMap((source) =>
          source.imports
            .filter(
              ({ specifier, typeOnly }) =>
                !typeOnly && /zod|protocol\.ts|core\/(?:record|settings)\.ts|lib\/i18n/u.test(specifier),
            )
            .map(({ specifier }) => `${source.path} → ${specifier}`),
        );
      expect(wrong).toEqual([]);
    },
  );

  it('the script in the page’s own world carries the list of taps, and nothing that knows the extension', () => {
    expect([...carriedBy('entrypoints/page-tap.content.ts')].sort()).toEqual([
      'entrypoints/page-tap.content.ts',
      'lib/app/page-tap.ts',
      'lib/app/tap-events.ts',
      'lib/core/page-data.ts',
      'lib/sites/taps.ts',
    ]);
  });
});

describe('what a layer may touch', () => {
  const pure = [
    'lib/core',
    'lib/signing',
    'lib/payloads',
    'lib/analysis',
    'lib/sites',
    'lib/exporters',
    'lib/importers',
    'lib/jobs',
    'lib/providers',
    'lib/destinations',
    'lib/i18n',
  ];
  const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/(^|\s)\/\/[^\n]*/gu, '$1');
  const rules: readonly (readonly [string, RegExp, (layer: string, path: string) => boolean])[] = [
    [
      'the network (use the Http port)',
      /(?<![.\w])fetch\(|XMLHttpRequest|WebSocket/u,
      // The tap wraps what the page itself calls, and calls nothing.
      (layer, path) => layer !== 'lib/transport' && layer !== 'sandbox' && path !== 'lib/app/page-tap.ts',
    ],
    [
      'the clock (use the Clock port or an argument)',
      /Date\.now\(\)|new Date\(\)|performance\.now|setTimeout|setInterval/u,
      (layer) => pure.includes(layer),
    ],
    ['randomness', /Math\.random|crypto\.getRandomValues/u, (layer) => pure.includes(layer)],
    [
      'the extension API',
      /\bbrowser\.[a-z]|\bchrome\./u,
      (layer) => pure.includes(layer) || layer === 'components' || layer === 'lib/transport',
    ],
    [
      'IndexedDB and browser.storage (lib/storage only)',
      /indexedDB|browser\.storage|from 'idb'|localStorage|sessionStorage/u,
      (layer) => layer !== 'lib/storage' && layer !== 'sandbox',
    ],
    ['innerHTML and eval', /innerHTML|outerHTML|insertAdjacentHTML|\beval\(|new Function/u, () => true],
    ['polling', /setInterval/u, (layer) => layer.startsWith('lib/') || layer === 'entrypoints'],
  ];
  for (const [name, pattern, applies] of rules) {
    it(`keeps ${name} where it belongs`, () => {
      const wrong = sources
        .filter(
          ({ path }) =>
            /^(?:lib|components|entrypoints)\//u.test(path) && !isTest(path) && applies(layerOf(path), path),
        )
        .flatMap(({ path, text }) =>
          code(text)
            .split('\n')
            .filter((line) => pattern.test(line))
            .map((line) => `${path}: ${line.trim()}`),
        );
      expect(wrong).toEqual([]);
    });
  }
});

describe('names and sizes', () => {
  it('files are kebab-case, components PascalCase', () => {
    const wrong = sources
      .map(({ path }) => path)
      .filter((path) => {
        const name = basename(path);
        return name.endsWith('.tsx') && /^[A-Z]/u.test(name)
          ? !/^[A-Z][A-Za-z]+\.tsx$/u.test(name)
          : !/^[a-z0-9]+(?:[-.][a-z0-9]+)*\.(?:ts|tsx|mjs)$/u.test(name);
      });
    expect(wrong).toEqual([]);
  });

  it('no folder is a drawer for anything', () => {
    const wrong = sources.filter(
      ({ path }) =>
        /(?:^|\/)(?:utils?|helpers?|common|misc|shared)\//u.test(path) || /Manager|Helper/u.test(basename(path)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('no file is over 400 lines without a reason in it ("Longer than 400 lines because …")', () => {
    const styles = ['components', 'sandbox']
      .flatMap((folder) => filesUnder(join(root, folder)))
      .filter((path) => path.endsWith('.css'))
      .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));
    const wrong = [...sources, ...styles].filter(
      ({ text }) => text.split('\n').length > 400 && !/^\s*(?:\/?\*+|\/\/).*Longer than 400 lines because/mu.test(text),
    );
    expect(wrong.map(({ path, text }) => `${path}: ${text.split('\n').length}`)).toEqual([]);
  });

  it('no enums, no silenced types, no focused or dated-out tests', () => {
    const pattern =
      /^\s*(?:export )?(?:const )?enum |@ts-ignore|@ts-nocheck|: any\b|as any\b|\b(?:it|test|describe)\.(?:only|todo)\b|FIXME|TODO(?! \[\d{4}-\d{2}-\d{2}\])/u;
    const wrong = sources
      .filter(({ path }) => path !== 'lib/architecture.test.ts')
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .filter((line) => pattern.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(wrong).toEqual([]);
  });

  it('entrypoints hold no logic', () => {
    const wrong = sources.filter(({ path, text }) => path.startsWith('entrypoints/') && text.split('\n').length > 40);
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('the top level holds what the layout says', () => {
    const tolerated = new Set([
      'entrypoints',
      'components',
      'lib',
      'public',
      'wxt.config.ts',
      'package.json',
      'tsconfig.json',
      'scripts',
      'sandbox',
      'e2e',
      'bench',
      'docs',
      '.ci',
      'package-lock.json',
      'vitest.config.ts',
      'web-ext.config.ts',
      'biome.json',
      '.oxlintrc.json',
      'README.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'PRIVACY.md',
      '.gitignore',
      '.npmrc',
      '.editorconfig',
      '.gitattributes',
    ]);
    const found = readdirSync(root).filter((name) => !skipped.has(name) && !tolerated.has(name));
    expect(found).toEqual([]);
  });

  it('nothing tracked speaks of the machine that it was written on', () => {
    const wrong = sources.filter(
      ({ path, text }) =>
        path !== 'lib/architecture.test.ts' && /(?:^|['"`\s(=])\/(?:work|root|home\/\w+)\//mu.test(text),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});
