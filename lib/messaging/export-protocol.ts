/** The messages about files: what the pages ask for, and what the document that makes the files is asked for. */
import * as z from 'zod/mini';
import { exportChoicesSchema, type ExportChoices, tableIds } from '../core/export-choices.ts';
import type { RefKey } from '../core/ref.ts';
import { empty, from, refKeySchema } from './message.ts';
import type { SentFile } from './destination-models.ts';
import type { ExportedFile, ExportPreview } from './export-models.ts';

/**
 * What of a tab's page: `page`: everything on it; `current`: the current item only; `selection`: these `refs` of it. With
 * `listKey` (`ListState.key`) it is of a list of an API instead of the page's own.
 */
const partOfPage = {
  tabId: z.number(),
  scope: z.enum(['page', 'current', 'selection']),
  refs: z.optional(z.array(refKeySchema).check(z.maxLength(20_000))),
  listKey: z.optional(z.string()),
};
export type PartOfPage = z.infer<z.ZodMiniObject<typeof partOfPage>>;

/** Files to be made of what a page holds. Everything that they depend on is in here: an offscreen document has no settings to read. */
export const fileRequestSchema = z.object({
  choices: exportChoicesSchema,
  refs: z.array(refKeySchema),
  /** The tab whose buffer knows what the store does not, and the list in it that tells where each thing was met. */
  tabId: z.number(),
  listKey: z.string(),
  pageUrl: z.nullable(z.string()),
  /** IANA zone of the local times. */
  timeZone: z.string(),
  /** Unix ms of the export. */
  now: z.number(),
  extensionVersion: z.string(),
  /** Whose pseudonyms and whose memory of former files it is. */
  project: z.object({ id: z.string(), name: z.string() }),
  isOfOne: z.boolean(),
});
export type FileRequest = z.infer<typeof fileRequestSchema>;

/** Files that were made and can be downloaded; the addresses live as long as the document. */
export interface CreatedFiles {
  readonly files: readonly (ExportedFile & { readonly url: string })[];
  /** What is in them. */
  readonly refs: readonly RefKey[];
}

export const exportProtocol = {
  /** Without choices: those of the last export. Saves the files. */
  'export.run': from('page')
    .takes(z.object({ ...partOfPage, choices: z.optional(exportChoicesSchema) }))
    .gives<readonly ExportedFile[]>(),
  /** How the files would begin. `table`: the one to show; null: the first. */
  'export.preview': from('page')
    .takes(z.object({ ...partOfPage, choices: exportChoicesSchema, table: z.nullable(z.enum(tableIds)) }))
    .gives<ExportPreview>(),
  /** Makes the files and sends them to this destination instead of saving them. */
  'export.send': from('page')
    .takes(z.object({ ...partOfPage, choices: exportChoicesSchema, destination: z.string().check(z.maxLength(60)) }))
    .gives<readonly SentFile[]>(),
  /** Ends the exports of pages that are under way; they reject with `cancelled`. */
  'export.stop': from('page').takes(empty).gives<null>(),
  /** What was chosen last: the choices of the one click. */
  'export.choices': from('page').takes(empty).gives<ExportChoices>(),
  'export.choose': from('page').takes(exportChoicesSchema).gives<null>(),
  /** Answered by the offscreen document: a service worker cannot make object URLs. */
  'file.create': from('worker').takes(fileRequestSchema).gives<CreatedFiles>(),
  'file.preview': from('worker')
    .takes(z.extend(fileRequestSchema, { table: z.nullable(z.enum(tableIds)) }))
    .gives<ExportPreview>(),
  'file.send': from('worker')
    .takes(z.extend(fileRequestSchema, { destination: z.string().check(z.maxLength(60)) }))
    .gives<readonly SentFile[]>(),
  'file.stop': from('worker').takes(empty).gives<null>(),
} as const;
