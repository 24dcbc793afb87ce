/** What pandas (Debian python3-pandas) makes of our files. */
import { expect, it } from 'vitest';
import { asText, asValue, compare, type Grid, type Loss, temporaryFolder, textLoss, write, writeAll } from './cells.ts';
import { interopTables, texts } from './dataset.ts';
import { python } from './programs.ts';

const folder = temporaryFolder('pandas');

type Grids = Readonly<Record<string, Grid>>;

const delimited = `
import json, sys, pandas
separator, paths = sys.argv[1], json.loads(sys.argv[2])
grids = {}
for table, path in paths.items():
    frame = pandas.read_csv(path, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    grids[table] = {"columns": list(frame.columns), "rows": frame.values.tolist()}
print(json.dumps(grids))
`;

const nul: Loss = textLoss('pandas ends a cell of a delimited file at a NUL', (text) => text.replace(/\0.*$/su, ''));

it.each([
  ['csv', ','],
  ['tsv', '\t'],
])('read_csv reads %s', async (format, separator) => {
  const paths = JSON.stringify(await writeAll(folder, format));
  const grids = JSON.parse(python('pandas', delimited, [separator, paths])) as Grids;
  await compare(`pandas ${format}`, grids, asText, [nul]);
});

const lines = `
import json, sys, pandas
grids = {}
for table, path in json.loads(sys.argv[1]).items():
    frame = pandas.read_json(path, lines=True, dtype=False, convert_dates=False)
    assert (frame.pop("record_type") == table).all()
    frame = frame.astype(object).where(frame.notna(), None)
    grids[table] = {"columns": list(frame.columns), "rows": frame.values.tolist()}
print(json.dumps(grids))
`;

it('read_json reads ndjson-records with its types', async () => {
  const paths = JSON.stringify(await writeAll(folder, 'ndjson-records'));
  await compare('pandas ndjson-records', JSON.parse(python('pandas', lines, [paths])) as Grids, asValue);
});

const posts = `
import json, sys, pandas
with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
frame = pandas.json_normalize(document["video_list"])
print(json.dumps(frame[["aweme_id", "video_desc", "stats.play"]].astype(object).where(frame.notna(), None).values.tolist()))
`;

it('json_normalize reads json-posts', async () => {
  const { path } = await write(folder, 'json-posts', interopTables.slice(0, 1));
  const rows = JSON.parse(python('pandas', posts, [path])) as [string, string | null, number | null][];
  const expected = texts.map((text, index) => [text.toWellFormed(), index]);
  expect(rows.slice(0, texts.length).map(([, ...rest]) => rest)).toEqual(expected);
  expect(rows.at(-2)?.slice(0, 3)).toEqual(['7528963259874199999', expect.any(String), 9_007_199_254_740_991]);
  expect(rows.at(-1)).toEqual(['7528963259874125698', null, null]);
  console.log(`pandas json-posts: ${rows.length * 3} cells of 1 table compared`);
});
