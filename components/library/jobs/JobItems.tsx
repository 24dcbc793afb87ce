import { useState } from 'preact/hooks';
import type { JobItemState } from '../../../lib/core/job.ts';
import type { RefKey } from '../../../lib/core/ref.ts';
import type { Entry, Job, JobItem } from '../../../lib/messaging/protocol.ts';
import { useEntries } from '../../entries.ts';
import { useNow, useTranslate } from '../../hooks.tsx';
import { itemsAtOnce, useJobItems } from '../../jobs.ts';
import { errorText, ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { ageText } from '../../show.ts';
import { soonText } from './job-words.ts';
import { ThingName } from './ThingName.tsx';

const states = ['queued', 'running', 'done', 'failed', 'skipped'] as const satisfies readonly JobItemState[];
const none: readonly JobItem[] = [];

/** The things of a job, page by page, of one state or of all. */
export function JobItems(props: { job: Job; onOpen: ((ref: RefKey) => void) | undefined }) {
  const t = useTranslate();
  const { job } = props;
  const [state, setState] = useState<JobItemState | null>(null);
  // Where each page that was looked at begins: pages are found by the last index of the one before.
  const [starts, setStarts] = useState<readonly number[]>([-1]);
  const items = useJobItems(job.id, state, starts.at(-1) ?? -1);
  const shown = items.value ?? none;
  const { entries } = useEntries(
    shown.map(({ ref }) => ref),
    null,
  );
  const last = shown.at(-1);
  const hasMore = shown.length === itemsAtOnce && last !== undefined;
  const count = (value: number): string => new Intl.NumberFormat(t.locale).format(value);
  const first = (starts.length - 1) * itemsAtOnce;
  return (
    <section class="stack" aria-label={t('job_items')} data-testid="job-items">
      <div class="row spread">
        <h4 class="section-title">{t('job_items')}</h4>
        <select
          class="input compact job-items-state"
          aria-label={t('job_items_state')}
          value={state ?? ''}
          data-testid="job-items-state"
          onChange={(event) => {
            const { value } = event.currentTarget;
            setState(states.find((one) => one === value) ?? null);
            setStarts([-1]);
          }}
        >
          <option value="">{t('job_items_all')}</option>
          {states.map((one) => (
            <option key={one} value={one}>
              {t(`job_item_${one}`)}
            </option>
          ))}
        </select>
      </div>
      {items.error && <ErrorNotice error={items.error} onRetry={items.reload} />}
      {items.value?.length === 0 && <p class="small quiet">{t('job_items_none')}</p>}
      {shown.length > 0 && (
        <ul class="job-items" tabIndex={0} aria-label={t('job_items')}>
          {shown.map((item) => (
            <ItemRow
              key={item.index}
              item={item}
              entry={entries.get(item.ref)}
              watched={job.plan.kind === 'watchlist'}
              onOpen={props.onOpen}
            />
          ))}
        </ul>
      )}
      {(starts.length > 1 || hasMore) && (
        <div class="row spread small">
          <button
            type="button"
            class="button compact"
            disabled={starts.length === 1}
            data-testid="job-items-back"
            onClick={() => setStarts(starts.slice(0, -1))}
          >
            {t('job_items_back')}
          </button>
          <span class="quiet number">{t('job_items_range', count(first + 1), count(first + shown.length))}</span>
          <button
            type="button"
            class="button compact"
            disabled={!hasMore}
            data-testid="job-items-on"
            onClick={() => last && setStarts([...starts, last.index])}
          >
            {t('job_items_on')}
          </button>
        </div>
      )}
    </section>
  );
}

const tones: Readonly<Record<JobItemState, string>> = {
  queued: '',
  running: 'accent',
  done: 'good',
  failed: 'bad',
  skipped: '',
};

function ItemRow(props: {
  item: JobItem;
  entry: Entry | undefined;
  watched: boolean;
  onOpen: ((ref: RefKey) => void) | undefined;
}) {
  const t = useTranslate();
  const now = useNow(20_000);
  const { item, watched } = props;
  const count = (value: number): string => new Intl.NumberFormat(t.locale).format(value);
  const facts = [
    item.attempts > 0 && t(watched ? 'job_looks' : 'job_attempts', count(item.attempts)),
    item.attempts > 0 && ageText(t, item.changed_at, now),
    item.due_at !== null && t('job_next_look', soonText(t, item.due_at, now)),
  ];
  return (
    <li class="job-item" data-testid="job-item" data-state={item.state}>
      <ThingName thing={item.ref} entry={props.entry} onOpen={props.onOpen} />
      {/* That something is gone is what a check of availability was to find. */}
      {item.state === 'done' && item.error ? (
        <span class="badge warn">{t('job_item_gone')}</span>
      ) : (
        <span class={`badge ${tones[item.state]}`}>{t(`job_item_${item.state}`)}</span>
      )}
      <span class="small quiet number job-item-facts">{facts.filter(Boolean).join(' · ')}</span>
      {item.error && (
        <span class="small job-item-error">
          <b>{t(`error_title_${item.error.code}`)}</b> {errorText(t, item.error)}
        </span>
      )}
    </li>
  );
}
