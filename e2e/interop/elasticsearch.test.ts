/**
 * The archive for Elasticsearch and OpenSearch, read by Python: no server of either is in Debian, so that what is compared is
 * what a server would be sent, by the rules of the bulk API.
 */
import { expect, it } from 'vitest';
import { tableNames } from '../../lib/exporters/table-names.ts';
import { asValue, compare, type Grid, temporaryFolder, write } from './cells.ts';
import { interopTables } from './dataset.ts';
import { python } from './programs.ts';

const folder = temporaryFolder('elasticsearch');

const read = `
import json, sys, zipfile
grids, ids = {}, 0
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    for table, index in json.loads(sys.argv[2]).items():
        fields = list(json.loads(archive.read(f"{index}.mapping.json"))["mappings"]["properties"])
        rows, seen = [], set()
        for name in sorted(name for name in archive.namelist() if name.startswith(f"{index}.bulk-")):
            text = archive.read(name).decode("utf-8")
            assert text.endswith("\\n")
            lines = text.split("\\n")[:-1]
            for action, document in zip(lines[::2], lines[1::2], strict=True):
                action = json.loads(action)["index"]
                assert action["_index"] == index and len(action["_id"].encode()) <= 512
                assert action["_id"] not in seen
                seen.add(action["_id"])
                document = json.loads(document)
                assert set(document) <= set(fields), set(document) - set(fields)
                rows.append([document.get(field) for field in fields])
        grids[table] = {"columns": fields, "rows": rows}
print(json.dumps(grids))
`;

it('every row is a document of its index, with an id of its own and only fields that the mapping has', async () => {
  const { path, told } = await write(folder, 'elasticsearch', interopTables);
  const indices = Object.fromEntries(
    interopTables.map(({ id }) => [id, `clipscope-${tableNames[id].replaceAll('_', '-')}`]),
  );
  const grids = JSON.parse(python('zipfile', read, [path, JSON.stringify(indices)])) as Readonly<Record<string, Grid>>;
  await compare('Python json, elasticsearch', grids, asValue);
  expect(told).toEqual({});
});
