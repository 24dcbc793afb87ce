import { expect, test } from 'vitest';
import { inPieces } from './pieces.ts';

async function piecesOf(chunks: Iterable<string | Uint8Array<ArrayBuffer>>): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of inPieces(chunks)) pieces.push(piece);
  return pieces;
}

test('lines and bytes come in the order in which they were given, as UTF-8', async () => {
  const pieces = await piecesOf(['rye,', '黑麦面包,', new Uint8Array([0x31, 0x0a]), '🍞\n']);
  expect(Buffer.concat(pieces).toString('utf8')).toBe('rye,黑麦面包,1\n🍞\n');
  expect(pieces).toHaveLength(1);
});

test('half a surrogate pair becomes U+FFFD', async () => {
  expect(Buffer.concat(await piecesOf(['a\uD83Cb'])).toString('utf8')).toBe('a\uFFFDb');
});

test('nothing gives no piece', async () => {
  expect(await piecesOf([])).toEqual([]);
  expect(await piecesOf(['', ''])).toEqual([]);
});

test('pieces have a million bytes at most, and none of them changes once it is given', async () => {
  const line = `${'穿'.repeat(999)}\n`;
  const lines = Array.from({ length: 2_000 }, () => line);
  const pieces = await piecesOf(lines);
  expect(pieces.length).toBeGreaterThan(5);
  expect(pieces.every(({ length }) => length > 0 && length <= 1_000_000)).toBe(true);
  expect(Buffer.concat(pieces).toString('utf8')).toBe(lines.join(''));
});

test('a line longer than a piece is one piece', async () => {
  const long = '条'.repeat(700_000);
  const pieces = await piecesOf(['before\n', long, 'after\n']);
  expect(Buffer.concat(pieces).toString('utf8')).toBe(`before\n${long}after\n`);
});
