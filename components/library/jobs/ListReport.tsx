import { useId, useMemo } from 'preact/hooks';
import { parseRefKey, type RefKey } from '../../../lib/core/ref.ts';
import { providers } from '../../../lib/providers/index.ts';
import type { ReadList } from '../../../lib/sites/list-input.ts';
import { useCredentials } from '../../credentials.ts';
import { useTranslate } from '../../hooks.tsx';
import { nameOf } from '../../panel/names.ts';
import { Disclosure, Notice, OutsideLink } from '../../parts/basics.tsx';
import { errorText } from '../../parts/ErrorNotice.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { providerName } from '../../show.ts';
import { linkAddress, meaningId, numberMeanings, undecided } from './list-text.ts';
import { kindsOf } from './new-job.ts';
import { readyProviders } from './ready.ts';
import type { PastedList } from './use-list.ts';

/** Lines that are shown; of more only the number is said. */
const mostShown = 100;

/** What was read of a list, line by line where it was not. */
export function ListReport(props: { list: PastedList; reading: ReadList }) {
  const t = useTranslate();
  const { list, reading } = props;
  const count = (value: number): string => new Intl.NumberFormat(t.locale).format(value);
  const refs = list.refs ?? reading.refs;
  const open = undecided(reading);
  const kinds = useMemo(() => [...kindsOf(refs)], [refs]);
  return (
    <div class="stack job-report" data-testid="job-report">
      <p class="row tight" role="status" data-testid="job-report-summary">
        <span class="badge accent number">{t('job_report_items', count(refs.length))}</span>
        {kinds.map(([kind, number]) => (
          <span key={kind} class="badge number">
            {t('kinds_count', t(`kinds_${kind}`), count(number))}
          </span>
        ))}
        {reading.duplicates > 0 && (
          <span class="badge number">{t('job_report_duplicates', count(reading.duplicates))}</span>
        )}
        {reading.shortLinks.length > 0 && (
          <span class="badge warn number">{t('job_report_links', count(reading.shortLinks.length))}</span>
        )}
        {reading.unreadable.length > 0 && (
          <span class="badge warn number">{t('job_report_unreadable', count(reading.unreadable.length))}</span>
        )}
      </p>
      {reading.columns.length > 0 && <ColumnChoice list={list} reading={reading} />}
      {(open > 0 || list.numbers !== null) && <NumberChoice list={list} open={open} />}
      {reading.shortLinks.length > 0 && <ShortLinks list={list} links={reading.shortLinks} />}
      {reading.unreadable.length > 0 && <Unreadable lines={reading.unreadable} />}
    </div>
  );
}

function ColumnChoice(props: { list: PastedList; reading: ReadList }) {
  const t = useTranslate();
  const id = useId();
  const { columns, column } = props.reading;
  return (
    <div class="field job-inline">
      <label for={id}>{t('job_column')}</label>
      <select
        id={id}
        class="input"
        value={String(column ?? 0)}
        data-testid="job-column"
        onChange={(event) => props.list.setColumn(Number(event.currentTarget.value))}
      >
        {columns.map(({ index, name, named }) => (
          <option key={index} value={String(index)}>
            {t('kinds_count', name || t('job_column_number', index + 1), named)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What numbers alone are: nothing tells, so that somebody must. */
function NumberChoice(props: { list: PastedList; open: number }) {
  const t = useTranslate();
  const id = useId();
  const { list, open } = props;
  return (
    <div class="field job-inline">
      <label for={id}>
        {open > 0 ? t('job_numbers_open', new Intl.NumberFormat(t.locale).format(open)) : t('job_numbers')}
      </label>
      <select
        id={id}
        class="input"
        value={list.numbers ? meaningId(list.numbers) : ''}
        data-testid="job-numbers"
        onChange={(event) => {
          const { value } = event.currentTarget;
          list.setNumbers(numberMeanings.find((meaning) => meaningId(meaning) === value) ?? null);
        }}
      >
        <option value="">{t('job_numbers_choose')}</option>
        {numberMeanings.map((meaning) => (
          <option key={meaningId(meaning)} value={meaningId(meaning)}>
            {t(`job_number_${meaningId(meaning)}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Links whose target only the network knows: an API can be asked, or they are opened by hand. */
function ShortLinks(props: { list: PastedList; links: readonly RefKey[] }) {
  const t = useTranslate();
  const ready = readyProviders(useCredentials().value ?? []);
  const { outcomes, running, run, stop } = props.list.links;
  const able = (link: RefKey) => {
    const platform = parseRefKey(link)?.platform;
    return providers.find(
      ({ id, capabilities }) =>
        ready.has(id) && platform && capabilities['link.resolve']?.platforms.includes(platform) === true,
    );
  };
  const waiting = props.links.filter((link) => {
    const outcome = outcomes.get(link);
    return !outcome || 'error' in outcome;
  });
  const askable = waiting.filter((link) => able(link));
  const [first] = askable;
  const helper = first && able(first);
  return (
    <Notice
      tone={waiting.length > 0 ? 'warn' : 'good'}
      title={t(waiting.length > 0 ? 'job_links_title' : 'job_links_resolved')}
      testid="job-links"
    >
      {waiting.length > 0 && <p class="small">{t('job_links_help')}</p>}
      {helper && (
        <div class="row">
          <button
            type="button"
            class="button compact"
            data-testid="job-links-resolve"
            onClick={() => (running ? stop() : run(askable))}
          >
            <Icon name={running ? 'stop' : 'search'} />
            {running
              ? t('action_stop')
              : t(
                  'job_links_resolve',
                  providerName(t, helper.id),
                  new Intl.NumberFormat(t.locale).format(askable.length),
                )}
          </button>
        </div>
      )}
      <ul class="small job-lines">
        {props.links.slice(0, mostShown).map((link) => {
          const outcome = outcomes.get(link);
          return (
            <li key={link}>
              <OutsideLink href={linkAddress(link)}>
                <span class="mono">{parseRefKey(link)?.id}</span>
              </OutsideLink>
              {outcome && (
                <span class="quiet">
                  {' → '}
                  {'error' in outcome
                    ? errorText(t, outcome.error)
                    : outcome.ref === null
                      ? t('job_links_nowhere')
                      : `${t(`kind_${parseRefKey(outcome.ref)?.kind ?? 'post'}`)} ${nameOf(outcome.ref, null)}`}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <More count={props.links.length - mostShown} />
    </Notice>
  );
}

function Unreadable(props: { lines: ReadList['unreadable'] }) {
  const t = useTranslate();
  const count = new Intl.NumberFormat(t.locale).format(props.lines.length);
  return (
    <Disclosure summary={t('job_unreadable_title', count)} open={props.lines.length <= 5} testid="job-unreadable">
      <ol class="small job-lines">
        {props.lines.slice(0, mostShown).map(({ line, text, reason }) => (
          <li key={line}>
            <span class="number quiet">{t('job_line', new Intl.NumberFormat(t.locale).format(line))}</span>{' '}
            <span class="mono user-text">{text}</span>
            <span class="quiet job-line-reason">{t(`job_unreadable_${reason}`)}</span>
          </li>
        ))}
      </ol>
      <More count={props.lines.length - mostShown} />
    </Disclosure>
  );
}

function More(props: { count: number }) {
  const t = useTranslate();
  if (props.count <= 0) return null;
  return <p class="small quiet">{t('job_more', new Intl.NumberFormat(t.locale).format(props.count))}</p>;
}
