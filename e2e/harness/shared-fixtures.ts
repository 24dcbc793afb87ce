/**
 * Where real captures, published sample answers and sign vectors are looked for. They are other people's content and
 * never part of the project: beside the checkout, or where CLIPSCOPE_CAPTURES points (the folder that holds `captures/`,
 * `base-apis/` and `signing/`, or the captures' folder itself).
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const beside = join(import.meta.dirname, '..', '..', '..', 'shared', 'fixtures');

function roots(): string[] {
  const named = process.env['CLIPSCOPE_CAPTURES'];
  if (!named) return [beside];
  return existsSync(join(named, 'captures')) ? [named, beside] : [dirname(named), beside];
}

/** The folder of this kind of fixture, or null where this machine has none: its tests are then reported as skipped. */
export function sharedFixtures(kind: 'captures' | 'base-apis' | 'signing'): string | null {
  const named = process.env['CLIPSCOPE_CAPTURES'];
  // Whatever the captures' folder is called: that it was named is enough.
  if (kind === 'captures' && named && !existsSync(join(named, 'captures'))) return existsSync(named) ? named : null;
  return (
    roots()
      .map((root) => join(root, kind))
      .find((folder) => existsSync(folder)) ?? null
  );
}

/** What a skipped suite says after its name. */
export function skippedNote(folder: string | null): string {
  return folder ? '' : ' (skipped: none here, see CLIPSCOPE_CAPTURES)';
}
