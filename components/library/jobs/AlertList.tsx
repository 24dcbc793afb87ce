import { useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../../lib/core/errors.ts';
import type { RefKey } from '../../../lib/core/ref.ts';
import type { Alert, Entry, Job } from '../../../lib/messaging/protocol.ts';
import { useEntries } from '../../entries.ts';
import { useNow, useTranslate } from '../../hooks.tsx';
import type { Alerts } from '../../jobs.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { ageText } from '../../show.ts';
import { alertText, figuresText, ruleIcon } from './alert-words.ts';
import { ThingName } from './ThingName.tsx';

/** Rows that are drawn before somebody asks for more. */
const rowsAtOnce = 100;
const none: readonly Alert[] = [];

/** What watchlists tell of, the newest first. */
export function AlertList(props: {
  alerts: Alerts;
  jobs: readonly Job[];
  onOpen: ((ref: RefKey) => void) | undefined;
  /** Begins a watchlist. */
  onNew: () => void;
}) {
  const t = useTranslate();
  const { alerts, jobs } = props;
  const [shown, setShown] = useState(rowsAtOnce);
  const [error, setError] = useState<WireError | null>(null);
  const all = alerts.value ?? none;
  const rows = all.slice(0, shown);
  const { entries } = useEntries([...new Set(rows.flatMap(({ ref, about }) => (about ? [ref, about] : [ref])))], null);
  const unseen = all.filter(({ seen }) => !seen).length;
  const count = (value: number): string => new Intl.NumberFormat(t.locale).format(value);
  const mark = (ids: readonly string[] | null): void => {
    setError(null);
    alerts.seen(ids).catch((problem: unknown) => setError(toAppError(problem).toWire()));
  };
  return (
    <section class="stack" aria-label={t('alerts_tab')} data-testid="alerts">
      {alerts.error && <ErrorNotice error={alerts.error} onRetry={alerts.reload} />}
      {error && <ErrorNotice error={error} />}
      {alerts.value?.length === 0 && (
        <div class="stack jobs-none" data-testid="alerts-none">
          <h2>{t('alerts_none_title')}</h2>
          <p class="quiet">{t('alerts_none_text')}</p>
          <div class="row">
            <button type="button" class="button" onClick={props.onNew}>
              <Icon name="eye" />
              {t('alerts_none_begin')}
            </button>
          </div>
        </div>
      )}
      {all.length > 0 && (
        <>
          <div class="row spread">
            <p class="small quiet number" role="status" data-testid="alerts-unseen">
              {t('alerts_unseen', count(unseen), count(all.length))}
            </p>
            <button
              type="button"
              class="button compact"
              disabled={unseen === 0}
              data-testid="alerts-seen-all"
              onClick={() => mark(null)}
            >
              <Icon name="check" />
              {t('alerts_seen_all')}
            </button>
          </div>
          <ul class="alert-rows">
            {rows.map((alert) => (
              <AlertRow
                key={alert.id}
                alert={alert}
                job={jobs.find(({ id }) => id === alert.job)}
                entry={entries.get(alert.ref)}
                about={alert.about === null ? undefined : entries.get(alert.about)}
                onOpen={props.onOpen}
                onSeen={() => mark([alert.id])}
              />
            ))}
          </ul>
          {all.length > shown && (
            <div class="row">
              <button type="button" class="button compact" onClick={() => setShown(shown + rowsAtOnce)}>
                {t('alerts_more')}
              </button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

function AlertRow(props: {
  alert: Alert;
  job: Job | undefined;
  entry: Entry | undefined;
  about: Entry | undefined;
  onOpen: ((ref: RefKey) => void) | undefined;
  onSeen: () => void;
}) {
  const t = useTranslate();
  const now = useNow();
  const { alert, job } = props;
  const figures = figuresText(t, alert);
  const iso = new Date(alert.at).toISOString();
  return (
    <li class={alert.seen ? 'alert-row' : 'alert-row unseen-alert'} data-testid="alert" data-seen={alert.seen}>
      <Icon name={ruleIcon(alert.rule.kind)} />
      <div class="alert-words">
        <p>
          {!alert.seen && <span class="badge accent alert-new">{t('alert_new')}</span>}{' '}
          <span class="alert-what" data-testid="alert-text">
            {alertText(t, alert)}
          </span>
          {figures && (
            <span class="number alert-figures" data-testid="alert-figures">
              {figures}
            </span>
          )}
        </p>
        <p class="alert-things">
          <ThingName thing={alert.ref} entry={props.entry} onOpen={props.onOpen} />
          {alert.about !== null && <ThingName thing={alert.about} entry={props.about} onOpen={props.onOpen} />}
        </p>
        <p class="small quiet">
          <time dateTime={iso} title={iso}>
            {ageText(t, alert.at, now)}
          </time>
          {job && <span class="user-text"> · {job.name}</span>}
        </p>
      </div>
      {!alert.seen && (
        <button
          type="button"
          class="button compact plain"
          aria-label={t('alert_seen_of', alertText(t, alert))}
          data-testid="alert-seen"
          onClick={props.onSeen}
        >
          <Icon name="check" />
          {t('alert_seen')}
        </button>
      )}
    </li>
  );
}
