/**
 * `load.py` and `load.R`: they read every CSV file of the bundle with ids as text and times as times. Tried with pandas
 * 1.5.3 and R 4.2, without any package of R.
 */
import type { SheetColumn } from '../sheet.ts';
import type { BundleTable } from './contents.ts';

const python = `"""Loads the tables of this bundle with pandas: ids stay text, empty cells are missing values.

    from load import tables
    posts = tables["post"]

or \`python3 load.py\`, which shows how many rows there are. Lists are text joined with ";": see split_list.
Needs pandas 1.5 or later.
"""
import json
import pathlib

import pandas

folder = pathlib.Path(__file__).resolve().parent


def typed(column, field):
    """A column of texts as its type."""
    missing = column.isna()
    if field["type"] in ("integer", "number"):
        # Python's own reading: pandas.to_numeric takes 53 bits of a whole number, and is off in the last digit of others.
        read, kind = (int, "Int64") if field["type"] == "integer" else (float, "Float64")
        cells = [None if empty else read(cell) for cell, empty in zip(column, missing)]
        return pandas.Series(pandas.array(cells, dtype=kind), index=column.index)
    if field["type"] == "boolean":
        return column.map({"true": True, "false": False}).astype("boolean")
    if field["type"] == "datetime" and field["format"] == "default":
        return pandas.to_datetime(column, utc=True)
    return column.astype("string")


def read(resource):
    """The table of one CSV file."""
    frame = pandas.read_csv(
        folder / resource["path"],
        dtype=str,
        encoding="utf-8-sig",
        keep_default_na=False,
        na_values=[""],
        skip_blank_lines=False,
    )
    for position, field in enumerate(resource["schema"]["fields"]):
        name = frame.columns[position]
        frame[name] = typed(frame[name], field)
    return frame


def split_list(cell):
    """The elements of a list: joined with ";", and "\\\\" before ";" and "\\\\" within an element."""
    if pandas.isna(cell):
        return []
    elements, element, escaped = [], "", False
    for character in cell:
        if escaped or character not in "\\\\;":
            element, escaped = element + character, False
        elif character == "\\\\":
            escaped = True
        else:
            elements, element = elements + [element], ""
    return elements + [element]


with open(folder / "datapackage.json", encoding="utf-8") as file:
    tables = {resource["name"]: read(resource) for resource in json.load(file)["resources"]}

if __name__ == "__main__":
    for name, table in tables.items():
        print(f"{name}: {len(table)} rows, {len(table.columns)} columns")
`;

/** The text of load.py, which is the same in every bundle: it reads datapackage.json. */
export function pythonLoader(): string {
  return python;
}

/** A text of R in ASCII alone, so that it means the same in every locale. */
function rText(text: string): string {
  const escaped = Array.from(text.toWellFormed(), (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') return `\\${character}`;
    if (code >= 32 && code < 127) return character;
    return `\\U{${code.toString(16)}}`;
  });
  return `"${escaped.join('')}"`;
}

const rTypes: { readonly [Type in SheetColumn['type']]: string } = {
  string: 'c',
  integer: 'n',
  number: 'n',
  boolean: 'l',
  time: 't',
  list: 'c',
  json: 'c',
};

function rType({ type, utc }: SheetColumn): string {
  return type === 'time' && !utc ? 'c' : rTypes[type];
}

/** Wrapped: R takes lines of any length, people do not. */
function rVector(elements: readonly string[]): string {
  return `c(\n    ${elements.join(',\n    ')}\n  )`;
}

function rTable({ id, columns }: BundleTable): string {
  // By position: names may be there twice.
  const names = rVector(columns.map(({ header }) => rText(header)));
  const types = columns.map(rType).join('');
  return `columns$${id} <- list(\n  names = ${names},\n  types = "${types}"\n)\n`;
}

const rReader = `
# One column of texts as its type.
typed <- function(cells, type) {
  if (type == "n") return(as.numeric(cells))
  if (type == "l") return(cells == "true")
  if (type == "t") return(as.POSIXct(cells, format = "%Y-%m-%dT%H:%M:%SZ", tz = "UTC"))
  cells
}

# The table of one CSV file. The header is read as a row and dropped, so that its byte order mark goes with it.
read_table <- function(name) {
  own <- columns[[name]]
  frame <- utils::read.table(
    file.path(folder, "data", paste0(name, ".csv")),
    header = FALSE, sep = ",", quote = "\\"", dec = ".", comment.char = "", na.strings = "",
    colClasses = "character", col.names = seq_along(own$names), check.names = FALSE,
    fill = FALSE, blank.lines.skip = FALSE, strip.white = FALSE, stringsAsFactors = FALSE, encoding = "UTF-8"
  )
  frame <- frame[-1, , drop = FALSE]
  types <- strsplit(own$types, "")[[1]]
  for (position in seq_along(types)) frame[[position]] <- typed(frame[[position]], types[position])
  names(frame) <- own$names
  rownames(frame) <- NULL
  frame
}

# The same table from its Parquet file, by the package arrow, where that is installed.
read_parquet_table <- function(name) {
  if (!requireNamespace("arrow", quietly = TRUE)) stop("Install the package arrow, or use read_table().")
  as.data.frame(arrow::read_parquet(file.path(folder, "data", paste0(name, ".parquet"))))
}

# The elements of a list: joined with ";", and a backslash before ";" and before a backslash within an element.
split_list <- function(cell) {
  if (is.na(cell)) return(character(0))
  held <- gsub("\\\\\\\\", "\\001", cell, fixed = TRUE)
  held <- gsub("\\\\;", "\\002", held, fixed = TRUE)
  elements <- strsplit(paste0(held, ";"), ";", fixed = TRUE)[[1]]
  gsub("\\001", "\\\\", gsub("\\002", ";", elements, fixed = TRUE), fixed = TRUE)
}

tables <- lapply(stats::setNames(nm = names(columns)), read_table)
for (name in names(tables)) cat(name, ": ", nrow(tables[[name]]), " rows, ", ncol(tables[[name]]), " columns\\n", sep = "")
`;

/** The text of load.R. */
export function rLoader(tables: readonly BundleTable[]): string {
  const introduction = `# Loads the tables of this bundle: ids stay text, empty cells are NA, times are POSIXct in UTC.
#
#   source("load.R", chdir = TRUE)
#   posts <- tables$post
#
# or \`Rscript load.R\` in this folder. Counts are numbers of 53 bits. R reads every line break within a cell as "\\n".
# Needs R 4.0 or later and no package; with the package arrow, read_parquet_table("post") is faster.

folder <- "."

# Names of the columns, and their types: c text, n number, l logical, t time.
columns <- list()
`;
  return introduction + tables.map(rTable).join('') + rReader;
}
