/** Every plug-in is registered, named like its file, and has its words in both languages. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from '../public/_locales/en/messages.json' with { type: 'json' };
import zhCn from '../public/_locales/zh_CN/messages.json' with { type: 'json' };
import { errorCodes } from './core/errors.ts';
import { destinationFields } from './destinations/destination.ts';
import { destinations } from './destinations/index.ts';
import { exporters } from './exporters/index.ts';
import { importers } from './importers/index.ts';
import { overlayWordKeys } from './messaging/overlay-words.ts';
import { payloads } from './payloads/index.ts';
import { providers } from './providers/index.ts';
import { fieldsOf } from './providers/provider.ts';
import { sites } from './sites/index.ts';

const root = join(import.meta.dirname, '..');
const english: Readonly<Record<string, { readonly message: string }>> = en;
const chinese: Readonly<Record<string, { readonly message: string }>> = zhCn;

/** The files of a folder that call this function outside tests: its plug-ins. */
function definedIn(folder: string, call: string): string[] {
  return readdirSync(join(root, 'lib', folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) =>
      new RegExp(`= ${call}(?:<[^>]*>)?\\(`, 'u').test(readFileSync(join(root, 'lib', folder, name), 'utf8')),
    )
    .map((name) => name.replace(/\.ts$/u, ''))
    .sort();
}

describe('registries', () => {
  const registries: readonly (readonly [string, string, readonly { readonly id: string }[]])[] = [
    ['sites', 'defineSite', sites],
    ['providers', 'defineProvider', providers],
    ['exporters', 'defineExporter', exporters],
    ['destinations', 'defineDestination', destinations],
    ['importers', 'defineImporter', importers],
    ['payloads', 'definePayload', payloads],
  ];
  for (const [folder, call, registry] of registries) {
    it(`lib/${folder}/index.ts lists every file that calls ${call}, by its name`, () => {
      expect(registry.map((entry) => entry.id).sort()).toEqual(definedIn(folder, call));
    });

    it(`lib/${folder}: every plug-in is named in a test of its folder`, () => {
      const tests = readdirSync(join(root, 'lib', folder))
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => name + readFileSync(join(root, 'lib', folder, name), 'utf8'))
        .join('\n');
      expect(registry.map((entry) => entry.id).filter((id) => !tests.includes(id))).toEqual([]);
    });
  }

  it('hosts are claimed once', () => {
    const hosts = sites.flatMap((site) => [...site.hosts, ...(site.linkHosts ?? [])]);
    expect(hosts.length).toBe(new Set(hosts).size);
  });
});

describe('words', () => {
  it('both languages have the same keys and the same placeholders', () => {
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
    const placeholders = (text: string): string => [...text.matchAll(/\$\d/gu)].map(String).sort().join();
    const differing = Object.keys(english).filter(
      (key) => placeholders(english[key]?.message ?? '') !== placeholders(chinese[key]?.message ?? ''),
    );
    expect(differing).toEqual([]);
  });

  it('the Chinese texts are Chinese', () => {
    const untranslated = Object.keys(chinese).filter((key) => {
      const text = chinese[key]?.message ?? '';
      return text === english[key]?.message && /[a-z]{4}/u.test(text) && !/Clipscope/u.test(text);
    });
    expect(untranslated).toEqual([]);
  });

  it('every descriptor, error code and overlay word has its message', () => {
    const keys = [
      ...errorCodes.map((code) => `error_${code}`),
      ...overlayWordKeys,
      ...exporters.map((exporter) => exporter.label),
      ...importers.map((importer) => importer.label),
      ...sites.map((site) => `site_${site.id.replaceAll('-', '_')}`),
      ...destinations.flatMap((destination) => [
        destination.summary,
        ...Object.values(destination.errors).map((meaning) => meaning.advice),
        ...destinationFields(destination).flatMap((field) => [
          field.label,
          ...(field.help ? [field.help] : []),
          ...(field.choices ?? []).map((choice) => `choice_${field.name}_${choice}`),
        ]),
      ]),
      ...providers.flatMap((provider) => [
        provider.summary,
        ...Object.values(provider.errors).map((meaning) => meaning.advice),
        ...fieldsOf(provider).flatMap((field) => [
          field.label,
          ...(field.help ? [field.help] : []),
          ...(field.choices ?? []).map((choice) => `choice_${field.name}_${choice}`),
        ]),
      ]),
    ];
    expect([...new Set(keys)].filter((key) => !english[key])).toEqual([]);
  });

  const files = ['lib', 'components'].flatMap(function under(folder: string): string[] {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((item) =>
      item.isDirectory() ? under(`${folder}/${item.name}`) : [`${folder}/${item.name}`],
    );
  });
  const code = files
    .filter((path) => /\.tsx?$/u.test(path) && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');

  it('every key that the code asks for exists', () => {
    const asked = [...code.matchAll(/\bt\(\s*'([a-z0-9_]+)'/giu), ...code.matchAll(/advice: '([a-z0-9_]+)'/gu)].map(
      (match) => match[1] ?? '',
    );
    expect([...new Set(asked)].filter((key) => !english[key])).toEqual([]);
  });

  it('no message is left over', () => {
    const prefixes = [...code.matchAll(/`([a-z0-9_]+_)\$\{/gu)].map((match) => match[1] ?? '');
    const manifest = readFileSync(join(root, 'wxt.config.ts'), 'utf8');
    const named = new Set(
      [...(code + manifest).matchAll(/['"]([a-z0-9_]+)(?=['"])|__MSG_([a-z0-9_]+)__/giu)].map(
        ([, quoted, inManifest]) => quoted ?? inManifest,
      ),
    );
    const unused = Object.keys(english).filter(
      (key) => !named.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});
