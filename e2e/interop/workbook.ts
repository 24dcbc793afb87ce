/** How LibreOffice is asked: it opens a file, and what it made of it is read from its own format by Python. */
import { mkdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Grid } from './cells.ts';
import { python, run } from './programs.ts';

/** The cells of every sheet of an .ods file: numbers, truth values, dates and texts, null where a cell is empty. */
const readOds = `
import json, sys, zipfile, xml.etree.ElementTree as tree
OFFICE, TABLE, TEXT = ("{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}" % name for name in ("office", "table", "text"))

def text(node):
    parts = [node.text or ""]
    for child in node:
        if child.tag == TEXT + "s":
            parts.append(" " * int(child.get(TEXT + "c", "1")))
        elif child.tag == TEXT + "tab":
            parts.append("\\t")
        elif child.tag == TEXT + "line-break":
            parts.append("\\n")
        else:
            parts.append(text(child))
        parts.append(child.tail or "")
    return "".join(parts)

def value(cell):
    kind = cell.get(OFFICE + "value-type")
    if kind is None:
        return None
    if kind == "string":
        return "\\n".join(text(line) for line in cell.findall(TEXT + "p"))
    if kind == "boolean":
        return cell.get(OFFICE + "boolean-value") == "true"
    if kind == "date":
        return {"date": cell.get(OFFICE + "date-value")}
    return float(cell.get(OFFICE + "value"))

def sheet(node):
    rows = []
    for row in node.iter(TABLE + "table-row"):
        cells = []
        for cell in row:
            cells += [value(cell)] * min(int(cell.get(TABLE + "number-columns-repeated", "1")), 400)
        rows += [cells] * min(int(row.get(TABLE + "number-rows-repeated", "1")), 400)
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    width = max((index + 1 for row in rows for index, cell in enumerate(row) if cell is not None), default=0)
    rows = [(row + [None] * width)[:width] for row in rows]
    return {"columns": rows[0] if rows else [], "rows": rows[1:]}

sheets = {}
for path in sys.argv[1:]:
    with zipfile.ZipFile(path) as archive:
        content = tree.fromstring(archive.read("content.xml"))
    sheets[path] = {node.get(TABLE + "name"): sheet(node) for node in content.iter(TABLE + "table")}
print(json.dumps(sheets))
`;

const office = { debian: 'libreoffice-calc' };

/** Opens the files in LibreOffice, all in one run, and gives what it has in the sheets of each, by the file's name. */
export function throughOffice(
  folder: string,
  paths: readonly string[],
  infilter?: string,
): Readonly<Record<string, Readonly<Record<string, Grid>>>> {
  const out = join(folder, 'ods');
  mkdirSync(out, { recursive: true });
  const home = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const filter = infilter === undefined ? [] : [`--infilter=${infilter}`];
  run('libreoffice', [home, '--headless', ...filter, '--convert-to', 'ods', '--outdir', out, ...paths], office);
  const made = paths.map((path) => join(out, `${basename(path, extname(path))}.ods`));
  const sheets = JSON.parse(python('zipfile', readOds, made)) as Readonly<
    Record<string, Readonly<Record<string, Grid>>>
  >;
  return Object.fromEntries(paths.map((path, index) => [path, sheets[made[index] ?? ''] ?? {}]));
}
