import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codebookFile, codebookPath } from './codebook.ts';

test('docs/codebook.md is current: run `node scripts/codebook.ts` after a change of the columns', () => {
  expect(readFileSync(codebookPath, 'utf8')).toBe(codebookFile());
});
