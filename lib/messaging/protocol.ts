/**
 * Everything that crosses a context, in one table. The content script and the pages import the types only
 * (zod would cost the content script 80 kB): the receiver validates.
 */
import * as z from 'zod/mini';
import { listCapabilities } from '../core/capabilities.ts';
import type { FigureDifference } from '../core/differences.ts';
import type { WireError } from '../core/errors.ts';
import { blockNames, maximumRelayed } from '../core/page-data.ts';
import { type AnyRecord, pageTypes, type SkuRecord } from '../core/record.ts';
import { platforms, type RefKey } from '../core/ref.ts';
import { type Settings, settingsSchema } from '../core/settings.ts';
import type { CredentialState, ListOffer, ListState } from './api-models.ts';
import type { ExportedFile } from './export-models.ts';
import { destinationProtocol } from './destination-protocol.ts';
import { exportProtocol } from './export-protocol.ts';
import { jobProtocol } from './job-protocol.ts';
import { credentialValuesSchema, empty, from, refKeySchema } from './message.ts';
import type { ChipModel, HealthEntry, OverlaySetup, PageUpdate, PageView } from './page-models.ts';
import { projectProtocol } from './project-protocol.ts';

export type { FigureDifference, FigureReading } from '../core/differences.ts';
export type { Language, Settings } from '../core/settings.ts';
export type * from './api-models.ts';
export type * from './destination-models.ts';
export type * from './export-models.ts';
export type { CreatedFiles, FileRequest, PartOfPage } from './export-protocol.ts';
export type * from './job-models.ts';
export type * from './library-models.ts';
export type * from './page-models.ts';
export type * from './project-models.ts';
export type { Alert, Job, JobItem, JobPlan, WatchRule } from '../core/job.ts';
export type { Sender } from './message.ts';

/** API addresses of 2026 have up to 2,500 characters, most of them tokens. */
const urlSchema = z.string().check(
  z.maxLength(8_000),
  z.refine((text) => URL.canParse(text), 'not a URL'),
);

const pageItemSchema = z.object({
  ref: refKeySchema,
  role: z.enum(['card', 'tile', 'detail']),
  hook: z.string().check(z.maxLength(80)),
});

/** What the content script saw; the worker keeps it for as long as the tab shows the page. */
const pageReportSchema = z.object({
  url: urlSchema,
  refs: z.array(refKeySchema).check(z.maxLength(20)),
  /** The item that the researcher is looking at: the page's own, the modal's, or the feed card in view. */
  current: z.nullable(refKeySchema),
  items: z.array(pageItemSchema).check(z.maxLength(2_000)),
  /** Unix ms with fraction since when this document is shown: tells two documents of one tab apart, and their order. */
  shownAt: z.number(),
});
export type PageReport = z.infer<typeof pageReportSchema>;

/** What a page is: `query` is its search words, hashtag or name, `tab` the tab of a profile or search. */
const pageContextSchema = z.object({
  type: z.enum(pageTypes),
  query: z.nullable(z.string()),
  tab: z.nullable(z.string()),
  /** Whether the platform chose the list for this viewer; null: not known. */
  personalised: z.nullable(z.boolean()),
});
export type PageContext = z.infer<typeof pageContextSchema>;

/** A tab's page as the worker keeps it. */
export const pageStateSchema = z.extend(pageReportSchema, {
  tabId: z.number(),
  platform: z.enum(platforms),
  /** Site id, see lib/sites. */
  site: z.string(),
  context: pageContextSchema,
  /**
   * Names the list that this page shows: it stays while posts are opened over the list, and is the same again when the
   * researcher comes back to it. Without tokens.
   */
  listKey: z.string(),
});
export type PageState = z.infer<typeof pageStateSchema>;

/**
 * `none`: known by its ref alone, nothing asked yet. `fresh` and `stale`: a record is there, within or past its time
 * to live. `error`: the last lookup failed; a record may still be there. `no_key`: a provider could answer, but no
 * credential is stored. `unsupported`: no provider looks up this kind of thing.
 */
export type EntryStatus = 'none' | 'loading' | 'fresh' | 'stale' | 'error' | 'no_key' | 'unsupported';

/** What is known of one ref now. */
export interface Entry {
  readonly ref: RefKey;
  /** The thing's public address without tracking; null where none can be built. */
  readonly url: string | null;
  /** Unix ms, from the id. */
  readonly idTime: number | null;
  readonly status: EntryStatus;
  readonly record: AnyRecord | null;
  /** Of a product: its SKUs, where any source listed them. Absent: none did. */
  readonly skus?: readonly SkuRecord[];
  readonly error: WireError | null;
  /**
   * Providers that could look it up, first choice first. `hasKey`: it can be asked; one that needs no key always can.
   */
  readonly providers: readonly {
    readonly id: string;
    readonly label: string;
    readonly hasKey: boolean;
    /** False: it is asked on a click only, and tells too little to make up for a key. Absent: true. */
    readonly needsKey?: boolean;
  }[];
  /** Providers of the last lookup that failed besides, or before, the one whose outcome is shown. Absent: none did. */
  readonly fallenOver?: readonly { readonly provider: string; readonly error: WireError }[];
  /** Figures on which its sources disagree, each with what every source said last. Absent: none. */
  readonly differences?: readonly FigureDifference[];
  /** Unix ms after which the record is stale; null without a record. */
  readonly expiresAt: number | null;
  /** How many observations the record is derived from. */
  readonly observationCount: number;
}

export interface StorageSummary {
  readonly observations: number;
  readonly records: number;
  readonly cachedLookups: number;
}

const tab = z.object({ tabId: z.number() });

export const protocol = {
  ...projectProtocol,
  ...jobProtocol,
  ...exportProtocol,
  ...destinationProtocol,
  'page.report': from('content').takes(pageReportSchema).gives<PageUpdate>(),
  /**
   * The embedded JSON of the document that is shown since `shownAt` and was there since `loadedAt` (both Unix ms); `url` is
   * the page's address when it was read.
   */
  'page.blocks': from('content')
    .takes(
      z.object({
        url: urlSchema,
        shownAt: z.number(),
        loadedAt: z.number(),
        blocks: z
          .array(z.object({ block: z.enum(blockNames), text: z.string().check(z.maxLength(maximumRelayed)) }))
          .check(z.maxLength(40)),
      }),
    )
    .gives<PageUpdate>(),
  /** An answer that the page loaded by itself. */
  'page.answer': from('content')
    .takes(
      z.object({
        url: urlSchema,
        pageUrl: urlSchema,
        shownAt: z.number(),
        text: z.string().check(z.maxLength(maximumRelayed)),
        digitsLost: z.boolean(),
      }),
    )
    .gives<PageUpdate>(),
  /** What the tab's page shows of these. */
  'overlay.tiles': from('content')
    .takes(z.object({ refs: z.array(refKeySchema).check(z.maxLength(2_000)) }))
    .gives<PageUpdate>(),
  /** Saves everything of the page into the active project. */
  'overlay.save': from('content').takes(empty).gives<{ readonly saved: number }>(),
  /** The document that is shown since `shownAt` is no longer. */
  'page.leave': from('content')
    .takes(z.object({ shownAt: z.number() }))
    .gives<null>(),
  'overlay.setup': from('content').takes(empty).gives<OverlaySetup>(),
  'overlay.chip': from('content')
    .takes(z.object({ ref: refKeySchema }))
    .gives<ChipModel>(),
  /**
   * Only for what the tab's page shows. `automatic`: nobody clicked; the worker then asks for the current item only, if
   * the settings allow it and no call failed a moment ago.
   */
  'overlay.lookup': from('content')
    .takes(z.object({ ref: refKeySchema, refresh: z.boolean(), automatic: z.boolean() }))
    .gives<ChipModel>(),
  'overlay.export': from('content').takes(empty).gives<readonly ExportedFile[]>(),
  'overlay.panel': from('content').takes(empty).gives<null>(),
  /** Opens the options, where keys are added and mended. */
  'overlay.options': from('content').takes(empty).gives<null>(),
  'overlay.move': from('content')
    .takes(z.object({ position: settingsSchema.shape.chipPosition }))
    .gives<null>(),
  /** Switches the overlay off on this site, until it is switched on again in the popup or the options. */
  'overlay.off': from('content').takes(empty).gives<null>(),

  /** Null when the tab shows no page of a known site. */
  'page.get': from('page').takes(tab).gives<PageView | null>(),
  /** Saves these things of the tab's page, or all of them, into the active project. */
  'page.save': from('page')
    .takes(z.object({ tabId: z.number(), refs: z.nullable(z.array(refKeySchema).check(z.maxLength(10_000))) }))
    .gives<{ readonly saved: number }>(),
  /** What is known, without asking anyone: what is stored, and what the tab's buffer holds. */
  'record.get': from('page')
    .takes(z.object({ refs: z.array(refKeySchema).check(z.maxLength(2_000)), tabId: z.nullable(z.number()) }))
    .gives<readonly Entry[]>(),
  /** Cache, then provider. `tabId`: the tab whose page this is about, for the provenance. `refresh` goes past every cache, the provider's too. Failures are in the entry, not thrown. */
  'record.lookup': from('page')
    .takes(z.object({ ref: refKeySchema, refresh: z.boolean(), tabId: z.nullable(z.number()) }))
    .gives<Entry>(),
  'health.get': from('page').takes(empty).gives<readonly HealthEntry[]>(),
  /** The diagnostic file for a bug report, as JSON text: no ids of people, no keys, no addresses beyond hosts and paths. */
  'health.report': from('page').takes(empty).gives<{ readonly name: string; readonly text: string }>(),
  'health.reset': from('page').takes(empty).gives<null>(),
  'settings.get': from('page').takes(empty).gives<Settings>(),
  'settings.change': from('page').takes(z.partial(settingsSchema)).gives<Settings>(),
  'credential.list': from('page').takes(empty).gives<readonly CredentialState[]>(),
  /** An empty secret keeps the stored one. The page has asked for the host permission before. */
  'credential.save': from('page')
    .takes(z.object({ provider: z.string(), values: credentialValuesSchema }))
    .gives<CredentialState>(),
  /** One real call with these values (an empty secret: the stored one); nothing is saved but the quota read. */
  'credential.test': from('page')
    .takes(z.object({ provider: z.string(), values: credentialValuesSchema }))
    .gives<CredentialState>(),
  /** Gives the host permission back as well. */
  /** Opens the consent of this provider's login in a tab. The credential is saved, and the permission asked for, before. */
  'login.begin': from('page')
    .takes(z.object({ provider: z.string() }))
    .gives<CredentialState>(),
  /** The address that the consent ended at, pasted by hand where the browser did not let us read it. */
  'login.paste': from('page')
    .takes(z.object({ provider: z.string(), url: z.string().check(z.maxLength(8_000)) }))
    .gives<CredentialState>(),
  /** Forgets the login; the credential stays. */
  'login.end': from('page')
    .takes(z.object({ provider: z.string() }))
    .gives<CredentialState>(),
  /**
   * Answered by a document that outlives the worker: asks for tokens and commits them before it answers. With a `code`
   * those of a consent, else renewed ones, unless another did so meanwhile.
   */
  'login.exchange': from('worker')
    .takes(z.object({ provider: z.string(), code: z.nullable(z.string()), notAfter: z.number() }))
    .gives<null>(),
  /** The lists that an API can give of what the tab shows, and the searches. */
  'list.offers': from('page').takes(tab).gives<readonly ListOffer[]>(),
  'list.get': from('page').takes(tab).gives<readonly ListState[]>(),
  /** Begins a list, or goes on with it: asks for so many pages. Each is at least one call. */
  'list.run': from('page')
    .takes(
      z.object({
        tabId: z.number(),
        capability: z.enum(listCapabilities),
        provider: z.string(),
        subject: z.nullable(refKeySchema),
        query: z.record(z.string().check(z.maxLength(60)), z.string().check(z.maxLength(2_000))),
        pages: z.number().check(z.minimum(1), z.maximum(1_000)),
      }),
    )
    .gives<ListState>(),
  'list.stop': from('page')
    .takes(z.object({ tabId: z.number(), key: z.string() }))
    .gives<ListState>(),
  /** Asks an API where a short link leads. */
  'link.resolve': from('page')
    .takes(z.object({ ref: refKeySchema, tabId: z.nullable(z.number()) }))
    .gives<{ readonly url: string; readonly ref: RefKey | null }>(),
  /** Looks these up, several at once as far as the limits allow; one failure never loses the others. In their order. */
  'record.lookup_many': from('page')
    .takes(
      z.object({
        refs: z.array(refKeySchema).check(z.maxLength(10_000)),
        refresh: z.boolean(),
        tabId: z.nullable(z.number()),
      }),
    )
    .gives<readonly { readonly ref: RefKey; readonly error: WireError | null }[]>(),
  /** Stops what `record.lookup_many` of this tab has not begun yet. */
  'record.stop': from('page')
    .takes(z.object({ tabId: z.nullable(z.number()) }))
    .gives<null>(),
  'credential.delete': from('page')
    .takes(z.object({ provider: z.string() }))
    .gives<CredentialState>(),
  'storage.summary': from('page').takes(empty).gives<StorageSummary>(),
  /** Forgets lookups, keeps observations. */
  'cache.clear': from('page').takes(empty).gives<StorageSummary>(),
  /** Deletes everything that was collected, and all projects. Keys, settings and what open tabs have loaded stay. */
  'data.delete': from('page').takes(empty).gives<StorageSummary>(),
} as const;

export type Protocol = typeof protocol;
export type MessageName = keyof Protocol;
export type Input<Name extends MessageName> = z.infer<Protocol[Name]['input']>;
export type Output<Name extends MessageName> = Protocol[Name]['output'];

/** How an answer travels: errors as data, since a rejected message keeps only its text. */
export type Reply<Name extends MessageName> =
  | { readonly ok: true; readonly value: Output<Name> }
  | { readonly ok: false; readonly error: WireError };

/** Sends one message to the worker. Rejects with AppError. */
export type Send = <Name extends MessageName>(name: Name, input: Input<Name>) => Promise<Output<Name>>;

/** What the worker tells without being asked; a receiver asks again for what it shows. */
export type WorkerEvent =
  | { readonly event: 'page.changed'; readonly tabId: number }
  | { readonly event: 'record.changed'; readonly ref: RefKey }
  /** Nothing is stored any more. */
  | { readonly event: 'data.deleted' }
  | { readonly event: 'settings.changed' }
  /** A project was made, chosen, saved into, or its recording switched. */
  | { readonly event: 'projects.changed' }
  | { readonly event: 'health.changed' }
  /** A list of an API has grown, stopped or ended. */
  | { readonly event: 'list.changed'; readonly tabId: number }
  /** A job was made, moved on, stopped or ended. */
  | { readonly event: 'job.changed'; readonly id: string }
  /** So many rows of a tab's export are written. `total`: the things that it is of, which may make several rows each. */
  | { readonly event: 'export.progress'; readonly tabId: number; readonly done: number; readonly total: number }
  | { readonly event: 'alerts.changed' }
  /** Many stored things are not what they were: an import, a restore, a deletion. */
  | { readonly event: 'library.changed' }
  | { readonly event: 'credentials.changed' }
  /** A provider said how much of an allowance is left. */
  | { readonly event: 'quota.changed' };
