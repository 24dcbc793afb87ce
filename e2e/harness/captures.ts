/** Where real captures are looked for. They are third-party content and never part of the project. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const shared = join(import.meta.dirname, '..', '..', '..', 'shared', 'fixtures');

/** The captures' folder, or null where this machine has none: such tests are then reported as skipped. */
export function capturesFolder(): string | null {
  const folder = process.env.CLIPSCOPE_CAPTURES ?? join(shared, 'captures');
  return existsSync(folder) ? folder : null;
}

/** The published sample answers of the base APIs, beside the captures. */
export function sampleAnswersFolder(): string | null {
  const captures = capturesFolder();
  const folder = captures ? join(captures, '..', 'base-apis') : join(shared, 'base-apis');
  return existsSync(folder) ? folder : null;
}
