/** What a person can choose of a file: what is in it, and what of people. How it is written: lib/exporters. */
import * as z from 'zod/mini';
import { recordTypes } from './record.ts';

/**
 * The tables of an export: one per record type, and two long ones that are made of other rows: a row for each hashtag of a
 * post, and one for each figure of each observation.
 */
export const tableIds = [...recordTypes, 'post_hashtag', 'observation'] as const;
export type TableId = (typeof tableIds)[number];

/**
 * What becomes of columns that name, show or address a person. `pseudonyms`: they are left out, and a pseudonym of the
 * project tells people apart; `omit`: left out; `include`: written as they are.
 */
export const personalModes = ['pseudonyms', 'omit', 'include'] as const;
export type PersonalMode = (typeof personalModes)[number];

/** By what a sample is drawn evenly; the strata are the values. */
export const strata = ['platform', 'author', 'month', 'query'] as const;
export type Stratum = (typeof strata)[number];

const name = z.string().check(z.maxLength(80));

export const sheetChoicesSchema = z.object({
  /** Id of the header preset. */
  preset: name,
  /** By table, the names of the native columns, in the order of the file; a table that is not named has its usual ones. */
  columns: z.partialRecord(z.enum(tableIds), z.array(name).check(z.maxLength(300))),
  personal: z.enum(personalModes),
  /** Leaves out what people wrote and said: captions, comments, transcripts. */
  withholdText: z.boolean(),
  /** Leaves out everything but the ids ("dehydrated"): whoever gets the file fetches the rest anew. */
  idsOnly: z.boolean(),
  /** Names of empty columns for coding by hand, at the end. */
  codes: z.array(name).check(z.maxLength(50)),
  /** A hashtag to leave out of networks: the one that all posts were found by. */
  excludedHashtag: z.nullable(name),
});
export type SheetChoices = z.infer<typeof sheetChoicesSchema>;

export const defaultSheetChoices: SheetChoices = {
  preset: 'native',
  columns: {},
  personal: 'pseudonyms',
  withholdText: false,
  idsOnly: false,
  codes: [],
  excludedHashtag: null,
};

export const sampleSchema = z.object({
  /** How many rows; of each stratum, where there are any. */
  size: z.number().check(z.int(), z.minimum(1), z.maximum(1_000_000)),
  /** The same seed draws the same rows of the same things. */
  seed: name,
  by: z.nullable(z.enum(strata)),
});
export type SampleChoice = z.infer<typeof sampleSchema>;

export const exportChoicesSchema = z.extend(sheetChoicesSchema, {
  /** Id of the exporter. */
  format: name,
  /** Null: every table that there are rows for, but not the long ones. */
  tables: z.nullable(z.array(z.enum(tableIds))),
  /** IANA zone of the local times; null: that of the settings. */
  timeZone: z.nullable(name),
  sample: z.nullable(sampleSchema),
  /** 2: a second file with the same rows, for a second coder. */
  coders: z.union([z.literal(1), z.literal(2)]),
  /** Leaves out what an earlier export of this project has had. */
  skipExported: z.boolean(),
});
export type ExportChoices = z.infer<typeof exportChoicesSchema>;

export const defaultExportChoices: ExportChoices = {
  ...defaultSheetChoices,
  format: 'csv',
  tables: null,
  timeZone: null,
  sample: null,
  coders: 1,
  skipExported: false,
};
