/**
 * `datapackage.json`: a tabular Data Package, version 1 (specs.frictionlessdata.io, profile of 2017-10-09; read 2026-11).
 * Its resources are the CSV files; the Parquet and NDJSON files hold the same rows, and are no tabular resources of it.
 */
import { isoUtc } from '../../analysis/time.ts';
import { AppError } from '../../core/errors.ts';
import { tableTitles } from '../codebook.ts';
import { schemaVersion } from '../columns/provenance.ts';
import type { SheetColumn } from '../sheet.ts';
import { type BundleContents, type BundledFile, type BundleTable, dataPath } from './contents.ts';

/** Types of Table Schema. A list or structure is text there: its own form is told in the codebook. */
const typeOf: { readonly [Type in SheetColumn['type']]: string } = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  time: 'datetime',
  list: 'string',
  json: 'string',
};

function field({ header, type, utc, description }: SheetColumn) {
  // The default form of a time is that of UTC; one with an offset is any other.
  const format = type === 'time' && !utc ? 'any' : 'default';
  return { name: header, type: typeOf[type], format, description: `${description.en}\n${description.zh_CN}` };
}

function resource({ id, columns }: BundleTable, files: readonly BundledFile[]) {
  const path = dataPath(id, 'csv');
  const file = files.find((one) => one.path === path);
  if (!file) throw new AppError('internal', `The bundle has no ${path}.`);
  return {
    name: id,
    title: `${tableTitles[id].en} / ${tableTitles[id].zh_CN}`,
    path,
    profile: 'tabular-data-resource',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    bytes: file.bytes,
    hash: `sha256:${file.sha256}`,
    dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
    schema: { fields: columns.map(field), missingValues: [''] },
  };
}

/** The text of datapackage.json. */
export function dataPackage({ tables, context }: BundleContents, files: readonly BundledFile[]): string {
  const { now, projectName, extensionVersion } = context;
  const created = isoUtc(now);
  const descriptor = {
    profile: 'tabular-data-package',
    name: `clipscope-${(created ?? '').replaceAll(/[-:]/gu, '').toLowerCase()}`,
    ...(projectName === undefined || projectName === '' ? {} : { title: projectName }),
    description: `Written by Clipscope ${extensionVersion}, schema version ${schemaVersion}. See README.md and the codebook.`,
    created,
    resources: tables.map((table) => resource(table, files)),
  };
  return `${JSON.stringify(descriptor, null, 2)}\n`;
}
