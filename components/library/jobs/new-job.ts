/** The form of a new job without its drawing: what it holds, what is wrong with it, and the plan that it becomes. */
import type { JobKind } from '../../../lib/core/job.ts';
import { type EntityKind, parseRefKey, type RefKey } from '../../../lib/core/ref.ts';
import type { Translate } from '../../../lib/i18n/index.ts';
import type { JobPlan, WatchRule } from '../../../lib/messaging/protocol.ts';
import { capabilityOf, formFieldsOf } from '../../../lib/providers/provider.ts';
import { checkFields, initialTexts } from '../../fields.ts';
import { nameOf } from '../../panel/names.ts';
import { dayText } from './job-words.ts';
import { chosenProvider, type ListingDraft, newListing, readEnd, readSubject } from './listing-draft.ts';
import { readRule, readWhole, type RuleDraft } from './watch-rules.ts';

export const jobKinds = ['batch', 'listing', 'watchlist', 'availability'] as const satisfies readonly JobKind[];

/** Where the things of a job come from. */
export type JobSource = 'list' | 'selection' | 'project';

export const everyUnits = { hour: 3_600_000, day: 86_400_000 } as const;
export type EveryUnit = keyof typeof everyUnits;

/** So many things a message may hold; see job-protocol.ts. */
export const mostThings = 100_000;

/** Characters of a job's name, as the worker takes them. */
export const longestName = 80;

/** What the form holds besides the list that was pasted. */
export interface JobDraft {
  readonly kind: JobKind;
  readonly source: JobSource;
  /** The project whose things are asked for; null: the active one. */
  readonly from: string | null;
  /** Past every cache. */
  readonly refresh: boolean;
  readonly every: string;
  readonly unit: EveryUnit;
  /** Null: as they begin for these things. */
  readonly rules: readonly RuleDraft[] | null;
  readonly listing: ListingDraft;
  /** The project that is saved into; null: the active one. */
  readonly into: string | null;
  /** Empty: the name that the form suggests. */
  readonly name: string;
}

/** The form as it opens. A selection was made to do something with it. */
export function newDraft(kind: JobKind, selected: number): JobDraft {
  return {
    kind,
    source: selected > 0 ? 'selection' : kind === 'availability' ? 'project' : 'list',
    from: null,
    refresh: false,
    every: '1',
    unit: 'day',
    rules: null,
    listing: newListing,
    into: null,
    name: '',
  };
}

/** Where the form stands besides its own fields. */
export interface Given {
  /** The things of the source that can be asked for; null: they are not read yet. */
  readonly refs: readonly RefKey[] | null;
  /** Ids of the providers that can be asked. */
  readonly ready: ReadonlySet<string>;
  /** The rules as the form shows them. */
  readonly rules: readonly RuleDraft[];
  /** Unix ms of the beginning of a day (`2026-11-01`) in the researcher's zone; null for what is no day. */
  readonly dayStart: (day: string) => number | null;
}

export interface CheckedJob {
  /** Null while something is wrong. */
  readonly plan: JobPlan | null;
  /** What the job is made of; empty for a listing, null while it is not known. */
  readonly refs: readonly RefKey[] | null;
  /** Field → what is wrong, in words. Fields: `refs`, `every`, `rule 3`, `subject`, `end`, `query words`. */
  readonly problems: Readonly<Record<string, string>>;
}

/** The plan that the form stands for, or what is wrong with it. */
export function checkJob(t: Translate, draft: JobDraft, given: Given): CheckedJob {
  if (draft.kind === 'listing') return checkListing(t, draft, given);
  const problems: Record<string, string> = {};
  const { refs } = given;
  if (refs?.length === 0) problems['refs'] = t(`job_problem_none_${draft.source}`);
  if (refs && refs.length > mostThings) problems['refs'] = t('job_problem_many', number(t, mostThings));
  const plan = draft.kind === 'watchlist' ? checkWatch(t, draft, given.rules, problems) : simplePlan(draft);
  const isWrong = Object.keys(problems).length > 0;
  return { plan: isWrong ? null : plan, refs: isWrong ? null : refs, problems };
}

function simplePlan(draft: JobDraft): JobPlan {
  return draft.kind === 'availability' ? { kind: 'availability' } : { kind: 'batch', refresh: draft.refresh };
}

/** Longer than this between two looks is no watching, and more than timers hold. */
const longestEvery = { hour: 1_000, day: 365 } as const;

function checkWatch(
  t: Translate,
  draft: JobDraft,
  drafts: readonly RuleDraft[],
  problems: Record<string, string>,
): JobPlan | null {
  const every = readWhole(draft.every);
  const most = longestEvery[draft.unit];
  const fits = every !== null && every >= 1 && every <= most;
  if (!fits) problems['every'] = t('field_problem_range', 1, number(t, most));
  const rules: WatchRule[] = [];
  for (const rule of drafts) {
    const read = readRule(rule);
    if ('problem' in read) problems[`rule ${rule.key}`] = t(read.problem);
    else rules.push(read);
  }
  return fits ? { kind: 'watchlist', everyMs: every * everyUnits[draft.unit], rules } : null;
}

function checkListing(t: Translate, { listing }: JobDraft, given: Given): CheckedJob {
  const problems: Record<string, string> = {};
  const found = chosenProvider(listing, given.ready);
  if (!found) return { plan: null, refs: null, problems: { provider: t('field_problem_required') } };
  const { provider, entry } = found;
  const [first = 'tiktok'] = entry.platforms;
  const platform = entry.platforms.includes(listing.platform) ? listing.platform : first;
  const subject = entry.subject && readSubject(listing.subject, entry.subject, entry.platforms, platform);
  if (entry.subject && !subject) {
    const isEmpty = listing.subject.trim() === '';
    problems['subject'] = isEmpty ? t('field_problem_required') : t(`job_problem_subject_${entry.subject}`);
  }
  const query = entry.query;
  const texts = query ? (listing.texts ?? initialTexts(query, {})) : {};
  if (query) {
    for (const [name, problem] of Object.entries(checkFields(t, query, texts).problems))
      problems[`query ${name}`] = problem;
  }
  // A range of days alone is no search.
  const words = query ? formFieldsOf(query).filter(({ input }) => input === 'text') : [];
  const [word] = words;
  if (word && entry.subject === null && words.every(({ name }) => (texts[name] ?? '').trim() === '')) {
    problems[`query ${word.name}`] = t('job_problem_query');
  }
  const end = readEnd(listing, given.dayStart);
  if ('problem' in end) {
    problems['end'] = t(end.problem);
    return { plan: null, refs: null, problems };
  }
  if (Object.keys(problems).length > 0) return { plan: null, refs: null, problems };
  const trimmed = Object.entries(texts).map(([name, text]) => [name, text.trim()] as const);
  return {
    plan: {
      kind: 'listing',
      provider: provider.id,
      capability: listing.capability,
      platform: (subject && parseRefKey(subject)?.platform) ?? platform,
      subject,
      query: Object.fromEntries(trimmed.filter(([, text]) => text !== '')),
      ...end,
    },
    refs: [],
    problems,
  };
}

/** What is asked for of what a source names: the kinds that an API looks up; and the others, which are left out. */
export function askableOf(refs: readonly RefKey[]): {
  readonly askable: readonly RefKey[];
  readonly others: readonly RefKey[];
} {
  const isAskable = (ref: RefKey): boolean => capabilityOf[parseRefKey(ref)?.kind ?? 'comment'] !== undefined;
  const others = refs.filter((ref) => !isAskable(ref));
  // The same array, so that nothing is asked anew.
  return { askable: others.length === 0 ? refs : refs.filter(isAskable), others };
}

/** How many there are of each kind, in the order in which kinds first come. */
export function kindsOf(refs: readonly RefKey[]): ReadonlyMap<EntityKind, number> {
  const kinds = new Map<EntityKind, number>();
  for (const ref of refs) {
    const kind = parseRefKey(ref)?.kind;
    if (kind) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return kinds;
}

/** A name that tells this job from others a month later: what it is about, and the day. `about`: a project's name. */
export function suggestedName(
  t: Translate,
  checked: { readonly plan: JobPlan | null; readonly refs: readonly RefKey[] | null },
  draft: Pick<JobDraft, 'kind'>,
  when: { readonly now: number; readonly zone: string },
  about: string | null,
): string {
  const day = dayText(t, when.now, when.zone);
  const { plan } = checked;
  const what =
    plan?.kind === 'listing'
      ? listingName(t, plan)
      : about !== null
        ? t(`job_name_${draft.kind}_of`, about)
        : checked.refs && checked.refs.length > 0
          ? t(`job_name_${draft.kind}_count`, number(t, checked.refs.length))
          : t(`job_kind_${draft.kind}`);
  const separator = ' · ';
  return `${cut(what, longestName - separator.length - day.length, t.locale)}${separator}${day}`;
}

/** As many whole characters as fit into so many code units. */
function cut(text: string, most: number, locale: string): string {
  let kept = '';
  for (const { segment } of new Intl.Segmenter(locale).segment(text)) {
    if (kept.length + segment.length > most) break;
    kept += segment;
  }
  return kept;
}

function listingName(t: Translate, plan: Extract<JobPlan, { kind: 'listing' }>): string {
  const of = plan.subject === null ? Object.values(plan.query).find((text) => text !== '') : nameOf(plan.subject, null);
  const what = t(`api_${plan.capability.replace('.', '_')}`);
  return of === undefined ? what : `${what}: ${of}`;
}

function number(t: Translate, value: number): string {
  return new Intl.NumberFormat(t.locale).format(value);
}
