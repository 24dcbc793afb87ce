import { describe, expect, test } from 'vitest';
import { type ListOptions, readList } from './list-input.ts';

const posts: ListOptions = { numbers: { platform: 'douyin', kind: 'post' } };
const nothing: ListOptions = { numbers: null };
const A = '7401122334455667781';
const B = '7401122334455667782';
const C = '7401122334455667783';

describe('a plain list', () => {
  test('holds addresses, keys, numbers and names; each is kept once and in its order', () => {
    const text = [
      '\uFEFFhttps://www.tiktok.com/@someone/video/7240568259186019630?is_from_webapp=1',
      `tiktok:post:${A}`,
      '',
      `www.douyin.com/video/${B}`,
      C,
      `'${C}`,
      `="${C}"`,
      '@some.one',
      `https://www.douyin.com/video/${B}`,
    ].join('\r\n');
    const read = readList(text, { numbers: { platform: 'tiktok', kind: 'post' } });
    expect(read).toEqual({
      refs: [
        'tiktok:post:7240568259186019630',
        `tiktok:post:${A}`,
        `douyin:post:${B}`,
        `tiktok:post:${C}`,
        'tiktok:author:some.one',
      ],
      shortLinks: [],
      unreadable: [],
      duplicates: 3,
      columns: [],
      column: null,
    });
  });

  test('numbers are what the caller says, and unreadable where nobody says it', () => {
    expect(readList(A, posts).refs).toEqual([`douyin:post:${A}`]);
    expect(readList(A, { numbers: { platform: 'tiktok', kind: 'author' } }).refs).toEqual([`tiktok:author:uid/${A}`]);
    expect(readList(`x\n${A}`, nothing).unreadable).toEqual([{ line: 2, text: A, reason: 'number' }]);
  });

  test('short links are reported apart, also within a text that was shared', () => {
    const text = `https://vm.tiktok.com/ZTR45GpSF/\n7.53 复制打开抖音，看看【某人的作品】 https://v.douyin.com/JtFzR4YIV8c/ 05/12`;
    const read = readList(text, posts);
    expect(read.refs).toEqual([]);
    expect(read.shortLinks).toEqual([
      'tiktok:short_link:vm.tiktok.com/ZTR45GpSF',
      'douyin:short_link:v.douyin.com/JtFzR4YIV8c',
    ]);
  });

  test('what a spreadsheet has destroyed is told as such', () => {
    const read = readList(`7.52896E+18\n7,52896e18\n${A}`, posts);
    expect(read.refs).toEqual([`douyin:post:${A}`]);
    expect(read.unreadable.map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'excel'],
      [2, 'excel'],
    ]);
  });

  test('a column of ids rounded to 15 digits is destroyed as well; one such id among others is an id', () => {
    const rounded = ['7401122334455660000', '7401122334455670000', '7401122334455680000'];
    expect(readList(rounded.join('\n'), posts).unreadable.map(({ reason }) => reason)).toEqual([
      'excel',
      'excel',
      'excel',
    ]);
    expect(readList([rounded[0], A, B].join('\n'), posts).refs).toHaveLength(3);
  });

  test('several on one line are several; one that is unreadable makes the line so', () => {
    expect(readList(`${A}, ${B}；${C}`, posts).refs).toHaveLength(3);
    expect(readList(`id\n${A} what?`, posts).unreadable).toEqual([{ line: 2, text: `${A} what?`, reason: 'unknown' }]);
  });

  test('a head is no unreadable line, and a single line that names nothing is one', () => {
    expect(readList(`video_url\n${A}`, posts).unreadable).toEqual([]);
    expect(readList('hello', posts).unreadable).toEqual([{ line: 1, text: 'hello', reason: 'unknown' }]);
    expect(readList('https://example.org/video/1', posts).unreadable).toHaveLength(1);
  });

  test('addresses with commas are no table', () => {
    const address = 'https://buyin.jinritemai.com/dashboard/merch-picking-library/merch-promoting?promotion_ids=';
    const read = readList(`${address}3806636940602769454,3806636940602769455\nhttps://www.tiktok.com/@someone`, posts);
    expect(read.columns).toEqual([]);
    expect(read.refs).toEqual([
      'douyin:product:3806636940602769454',
      'douyin:product:3806636940602769455',
      'tiktok:author:someone',
    ]);
  });

  test.each(['tiktok:post:12', 'tiktok:nothing:1', 'tiktok:author:Some One', 'tiktok:short_link:evil.example/x'])(
    'a key of a wrong form is unreadable: %s',
    (key) => {
      expect(readList(key, nothing).unreadable.map(({ reason }) => reason)).toEqual(['unknown']);
    },
  );
});

describe('a table', () => {
  const table = [
    'number,caption,author,link',
    `1,"Two lines,\nand ""quotes""",https://www.tiktok.com/@someone,https://www.tiktok.com/@someone/video/${A}`,
    `2,plain,https://www.tiktok.com/@someone,https://www.tiktok.com/@someone/video/${B}`,
    `3,,https://www.tiktok.com/@someone,not a link`,
  ].join('\n');

  test('is read by the column that names most; lines are counted as the file has them', () => {
    const read = readList(table, nothing);
    expect(read.column).toBe(3);
    expect(read.columns).toEqual([
      { index: 0, name: 'number', named: 0 },
      { index: 1, name: 'caption', named: 0 },
      { index: 2, name: 'author', named: 1 },
      { index: 3, name: 'link', named: 2 },
    ]);
    expect(read.refs).toEqual([`tiktok:post:${A}`, `tiktok:post:${B}`]);
    expect(read.unreadable).toEqual([{ line: 5, text: 'not a link', reason: 'unknown' }]);
  });

  test('or by the column that the caller chooses', () => {
    const read = readList(table, { numbers: null, column: 2 });
    expect(read).toMatchObject({ column: 2, refs: ['tiktok:author:someone'], duplicates: 2, unreadable: [] });
  });

  test.each(['\t', ';', ','])('divided by %j, with or without a head', (sign) => {
    const rows = [`a${sign}${A}`, `b${sign}${B}`, `c${sign}${C}`];
    expect(readList(rows.join('\r'), posts)).toMatchObject({ column: 1, unreadable: [] });
    expect(readList(rows.join('\r'), posts).refs).toHaveLength(3);
    expect(readList([`name${sign}id`, ...rows].join('\n'), posts).columns[1]?.name).toBe('id');
  });

  test('of two columns that name the same, the one with addresses is read: a number may be anything', () => {
    const rows = [A, B].map((id) => `${id},https://www.tiktok.com/@someone/video/${id}`);
    expect(readList(['post_id,post_url', ...rows].join('\n'), posts).column).toBe(1);
  });
});

test('any text gives an answer', () => {
  for (const text of ['', '\n\n', '"', '"a,b', ',,,\n,,,', '\uFEFF', '\ud800', 'a\u0000b', '=\'"', '"""\n"""'])
    expect(readList(text, posts).refs).toEqual([]);
});

// Far more than they take: what grows with the square of a text's length takes minutes.
test('100,000 lines are read', { timeout: 30_000 }, () => {
  const text = Array.from(
    { length: 100_000 },
    (_, index) => `https://www.tiktok.com/@a/video/${7401122334400000000n + BigInt(index)}`,
  );
  expect(readList(text.join('\n'), nothing).refs).toHaveLength(100_000);
});
