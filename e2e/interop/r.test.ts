/** What R (Debian r-base-core, r-cran-jsonlite) makes of our files. */
import { it } from 'vitest';
import { asText, asValue, type Cell, compare, temporaryFolder, textLoss, writeAll } from './cells.ts';
import { rGrids } from './programs.ts';

const folder = temporaryFolder('r');

const delimited = `
parameters <- commandArgs(TRUE)
paths <- jsonlite::fromJSON(parameters[2])
grids <- lapply(paths, function(path) {
  frame <- read.table(
    path, header = TRUE, sep = parameters[1], quote = "\\"", comment.char = "", colClasses = "character",
    na.strings = character(), check.names = FALSE, fileEncoding = "UTF-8-BOM", strip.white = FALSE,
    blank.lines.skip = FALSE
  )
  list(columns = names(frame), rows = unname(as.matrix(frame)))
})
`;

const losses = [
  textLoss('R ends the lines of a cell with LF', (text) => text.replaceAll(/\r\n?/gu, '\n')),
  textLoss('R ends a cell at a NUL', (text) => text.replace(/\0.*$/su, '')),
];

it.each([
  ['csv', ','],
  ['tsv', '\t'],
])('read.table reads %s', async (format, separator) => {
  const paths = JSON.stringify(await writeAll(folder, format));
  await compare(`R ${format}`, rGrids(folder, delimited, [separator, paths]), asText, losses);
});

const lines = `
paths <- jsonlite::fromJSON(commandArgs(TRUE)[1])
grids <- lapply(paths, function(path) {
  frame <- jsonlite::stream_in(file(path, encoding = "UTF-8"), simplifyVector = FALSE, verbose = FALSE)
  list(columns = names(frame[[1]])[-1], rows = lapply(frame, function(row) unname(lapply(row[-1], exact))))
})
`;

const numbersAsText: Cell = (value, column) => (typeof value === 'number' ? { number: value } : asValue(value, column));

it('jsonlite reads ndjson-records with its types', async () => {
  const paths = JSON.stringify(await writeAll(folder, 'ndjson-records'));
  await compare('R ndjson-records', rGrids(folder, lines, [paths]), numbersAsText, losses.slice(1));
});
