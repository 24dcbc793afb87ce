/** The project's own source files, as the tests of its shape read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '..');
/** Made by tools. */
export const skipped = new Set([
  'node_modules',
  '.git',
  '.output',
  '.wxt',
  'tour',
  'test-results',
  '.cache',
  'results',
]);

export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    if (skipped.has(item.name)) return [];
    const path = join(folder, item.name);
    return item.isDirectory() ? filesUnder(path) : [path];
  });
}

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

function importsOf(text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gmu)) {
    found.push({ specifier: match[2] ?? '', typeOnly: match[1] !== undefined });
  }
  for (const match of text.matchAll(/\bimport\(\s*'([^']+)'/gu))
    found.push({ specifier: match[1] ?? '', typeOnly: false });
  return found;
}

export const isTest = (path: string): boolean => /\.test\.tsx?$|harness\.ts$|\.samples\.ts$/u.test(path);

export const sources: readonly Source[] = ['lib', 'components', 'entrypoints', 'scripts', 'sandbox', 'e2e', 'bench']
  .flatMap((folder) => filesUnder(join(root, folder)))
  .filter((path) => /\.(?:ts|tsx|mjs)$/u.test(path) && !path.endsWith('.d.ts'))
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    return { path: relative(root, path), text, imports: importsOf(text) };
  });
