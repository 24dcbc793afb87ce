/** What a person can set. Where it is kept and under which version: lib/storage/items.ts. */
import * as z from 'zod/mini';

// Extension pages forbid eval, by which zod would otherwise speed itself up; without this it trips the CSP once.
z.config({ jitless: true });

export const languages = ['en', 'zh_CN'] as const;
export type Language = (typeof languages)[number];

export const settingsSchema = z.object({
  language: z.enum(['auto', ...languages]),
  /** `local`, `UTC`, or an IANA zone. */
  timeZone: z.string().check(z.maxLength(60)),
  /** Nothing is detected, shown or asked while true. */
  paused: z.boolean(),
  /** Site ids on which the overlay is off. */
  overlayOffSites: z.array(z.string().check(z.maxLength(40))),
  /** Look up the current item without a click, once it has been current for a second. Each lookup costs a call. */
  automaticLookup: z.boolean(),
  /** Load remote images without a click. */
  loadImages: z.boolean(),
  /** Minutes for which a record counts as fresh, per kind. */
  cacheMinutes: z.object({
    post: z.number().check(z.minimum(0), z.maximum(525_600)),
    product: z.number().check(z.minimum(0), z.maximum(525_600)),
  }),
  /** Lookups kept in the cache; the least recently used go first. Observations are not bounded by this. */
  cacheEntries: z.number().check(z.minimum(10), z.maximum(1_000_000)),
  /**
   * Per capability (`post.get`) the sources in the order in which they are asked: provider ids, and `page` for what the
   * page carries. What is not named comes after, in the registry's order; nothing named: `page` first.
   */
  sourceOrder: z.record(
    z.string().check(z.maxLength(40)),
    z.array(z.string().check(z.maxLength(60))).check(z.maxLength(60)),
  ),
  /** By provider id: what one call costs the researcher, by their own figure. Nothing is known of it otherwise. */
  callPrices: z.record(
    z.string().check(z.maxLength(60)),
    z.object({
      amount: z.number().check(z.minimum(0), z.maximum(1_000)),
      currency: z.string().check(z.regex(/^[A-Z]{3}$/u)),
    }),
  ),
  /** By provider id: calls per day that are never exceeded, below what the provider allows. */
  dailyLimits: z.record(z.string().check(z.maxLength(60)), z.number().check(z.minimum(0), z.maximum(100_000_000))),
  /** Where the chip was dragged to, in CSS px from the viewport's right and top edges; null: beside the item. */
  chipPosition: z.nullable(z.object({ right: z.number(), top: z.number() })),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  language: 'auto',
  timeZone: 'local',
  paused: false,
  overlayOffSites: [],
  automaticLookup: true,
  loadImages: false,
  cacheMinutes: { post: 10, product: 10 },
  cacheEntries: 5_000,
  sourceOrder: {},
  callPrices: {},
  dailyLimits: {},
  chipPosition: null,
};
