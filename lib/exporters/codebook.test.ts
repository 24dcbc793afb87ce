import { describe, expect, test } from 'vitest';
import { metrics } from '../analysis/metrics.ts';
import { tableIds } from '../core/export-choices.ts';
import { allTables, codebook, inputColumns, tableTitles } from './codebook.ts';
import { columnsOfTable } from './tables.ts';

/** The rows of a Markdown table that begins with this name. */
function rowsOf(text: string, name: string): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`));
}

test('every table is described, the long ones too', () => {
  expect(allTables.map(({ id }) => id)).toEqual([...tableIds]);
  for (const id of tableIds)
    expect(codebook()).toContain(`## ${[...new Set(Object.values(tableTitles[id]))].join(' · ')}\n`);
});

describe.each(tableIds)('every column of %s', (id) => {
  test('has a description in both languages', () => {
    const list = columnsOfTable(id);
    expect(list.length).toBeGreaterThan(4);
    const bare = list.filter(
      ({ description: { en, zh_CN: chinese } }) =>
        !/[A-Za-z]{2}/u.test(en) || !/[.…]$/u.test(en) || chinese.trim() === '' || chinese === en,
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  test('is in the codebook, with its type and meaning', () => {
    const text = codebook();
    for (const { name, type, description } of columnsOfTable(id)) {
      const own = rowsOf(text, name).filter((line) => line.includes(` | ${type} | `));
      const meaning = description.en.replaceAll('|', String.raw`\|`);
      expect(
        own.some((line) => line.includes(meaning)),
        name,
      ).toBe(true);
    }
  });
});

test('every derived figure names its formula, its inputs, which are columns of the row, and n', () => {
  const posts = new Map(columnsOfTable('post').map((column) => [column.name, column]));
  const english = codebook(['en']);
  expect(metrics.length).toBeGreaterThan(10);
  for (const metric of metrics) {
    expect(metric.formula, metric.name).not.toBe('');
    expect(metric.inputs.length, metric.name).toBeGreaterThan(1);
    const inputs = inputColumns(metric);
    expect(
      inputs.filter((name) => !posts.has(name)),
      metric.name,
    ).toEqual([]);
    // Both where it is described as a column, and among the derived figures.
    expect(posts.get(metric.name)?.description.en).toContain(metric.formula);
    expect(posts.get(metric.name)?.description.zh_CN).toContain(metric.formula);
    const row = rowsOf(english, metric.name).at(-1)?.split(' | ');
    expect(row?.slice(1, 4)).toEqual([metric.formula, inputs.map((name) => `\`${name}\``).join(', '), '1 post']);
  }
});

test('the marks say what is personal, text, the pseudonym, and off by default', () => {
  const text = codebook(['en']);
  const marks = (name: string) => rowsOf(text, name)[0]?.split(' | ')[2];
  expect(
    ['author_handle', 'author_bio', 'caption', 'author_pseudonym', 'media_url', 'author_region', 'like_count'].map(
      marks,
    ),
  ).toEqual(['●', '●◇', '◇', '◆', '○', '●○', '']);
});

test('in one language it is in that language alone', () => {
  const english = codebook(['en']);
  const chinese = codebook(['zh_CN']);
  for (const { description } of columnsOfTable('post')) {
    expect(english).toContain(description.en.replaceAll('|', String.raw`\|`));
    expect(english).not.toContain(description.zh_CN);
    expect(chinese).toContain(description.zh_CN);
  }
});

test('it can be of some columns only', () => {
  const [first] = columnsOfTable('post');
  if (!first) throw new Error('There are no columns.');
  const text = codebook(['en'], [{ id: 'post', columns: [first] }]);
  expect(rowsOf(text, 'platform')).toHaveLength(1);
  expect(text).not.toContain('`caption`');
  expect(text).not.toContain('Derived');
});
