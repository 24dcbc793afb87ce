import { useMemo, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { HealthEntry } from '../../lib/messaging/protocol.ts';
import { type Health, useHealth, useNow, useTranslate } from '../hooks.tsx';
import { Disclosure } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ageText } from '../show.ts';
import { siteKey } from '../sites.ts';
import { healthBySite, healthState } from './health.ts';
import { saveText } from '../save-text.ts';
import { Section } from './Section.tsx';

/** Whether each place that pages are read at still fits, and the file for a report when one does not. */
export function HealthSection() {
  const t = useTranslate();
  const health = useHealth();
  const sites = useMemo(() => healthBySite(health.value ?? []), [health.value]);
  return (
    <Section id="health" lead={t('options_health_lead')}>
      {health.error && <ErrorNotice error={health.error} onRetry={health.reload} inOptions />}
      {health.value && sites.length === 0 && <p class="card quiet">{t('health_empty')}</p>}
      {sites.map(([site, entries]) => (
        <SiteHealth key={site} site={site} entries={entries} />
      ))}
      <HealthActions health={health} />
    </Section>
  );
}

function SiteHealth(props: { site: string; entries: readonly HealthEntry[] }) {
  const t = useTranslate();
  const { site, entries } = props;
  const broken = entries.filter((entry) => healthState(entry) === 'broken').length;
  const fitted = entries.filter((entry) => healthState(entry) === 'fine').length;
  const state = broken > 0 ? 'broken' : fitted > 0 ? 'fine' : 'unseen';
  return (
    <div class="card health-site" data-testid={`health-${site}`}>
      <Disclosure
        open={broken > 0}
        summary={
          <span class="health-summary">
            <b>{t(siteKey(site))}</b>
            <span class={`health-state is-${state}`} data-testid={`health-state-${site}`}>
              <span class="health-dot" aria-hidden="true" />
              {state === 'unseen' ? t('health_unseen') : t('health_summary', fitted, entries.length, broken)}
            </span>
          </span>
        }
      >
        <table class="health-table small">
          <thead class="quiet">
            <tr>
              <th scope="col">{t('health_what')}</th>
              <th scope="col">{t('health_fits')}</th>
              <th scope="col">{t('health_misses')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <HealthRow key={`${entry.kind} ${entry.name}`} entry={entry} />
            ))}
          </tbody>
        </table>
      </Disclosure>
    </div>
  );
}

function HealthRow(props: { entry: HealthEntry }) {
  const t = useTranslate();
  const now = useNow();
  const { entry } = props;
  const state = healthState(entry);
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  return (
    <tr data-testid="health-row" data-state={state}>
      <th scope="row">
        <span class={`health-state is-${state}`}>
          <span class="health-dot" aria-hidden="true" />
          {t(`health_${state}`)}
        </span>
        <div class="mono user-text">{entry.name}</div>
        <div class="quiet">{t(`health_kind_${entry.kind}`)}</div>
      </th>
      <td class="number">
        {count(entry.fits)}
        {entry.lastFitAt !== null && <div class="quiet">{ageText(t, entry.lastFitAt, now)}</div>}
      </td>
      <td class="number">
        {count(entry.misses)}
        {entry.lastMissAt !== null && (
          <div class="quiet">
            {ageText(t, entry.lastMissAt, now)}
            {entry.missed && <div>{t(`health_missed_${entry.missed}`)}</div>}
          </div>
        )}
      </td>
    </tr>
  );
}

function HealthActions(props: { health: Health }) {
  const t = useTranslate();
  const [error, setError] = useState<WireError | null>(null);
  const [said, setSaid] = useState('');
  const carryOut = (work: Promise<string>) => {
    setError(null);
    setSaid('');
    work.then(setSaid, (problem: unknown) => setError(toAppError(problem).toWire()));
  };
  const save = async () => {
    const { name, text } = await props.health.report();
    saveText(name, text);
    return t('health_report_saved', name);
  };
  const reset = async () => {
    await props.health.reset();
    return t('health_reset_done');
  };
  return (
    <div class="card stack">
      <p>{t('health_report_help')}</p>
      <div class="row">
        <button type="button" class="button" data-testid="health-report" onClick={() => carryOut(save())}>
          <Icon name="download" />
          {t('health_report')}
        </button>
        <button type="button" class="button plain" data-testid="health-reset" onClick={() => carryOut(reset())}>
          {t('health_reset')}
        </button>
        <span class="small quiet user-text" role="status">
          {said}
        </span>
      </div>
      {error && <ErrorNotice error={error} inOptions />}
    </div>
  );
}
