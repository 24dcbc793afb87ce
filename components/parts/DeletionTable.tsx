import type { DeletionEntry } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Time } from './Time.tsx';

/** What was deleted when and why; without a name, so that the log itself keeps nobody. */
export function DeletionTable(props: { entries: readonly DeletionEntry[] }) {
  const t = useTranslate();
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  return (
    <div class="table-scroll">
      <table class="plain-table small" aria-label={t('library_deletions')}>
        <thead>
          <tr>
            <th scope="col">{t('library_deletion_at')}</th>
            <th scope="col">{t('library_deletion_cause')}</th>
            <th scope="col">{t('library_project')}</th>
            <th scope="col" class="end">
              {t('stored_records')}
            </th>
            <th scope="col" class="end">
              {t('stored_observations')}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.entries.map(({ at, cause, project, records, observations }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two deletions may be of one moment
            <tr key={index} data-testid="deletion">
              <td>
                <Time at={at} />
              </td>
              <td>{t(`library_cause_${cause}`)}</td>
              <td class="user-text">{project === null ? '–' : project || t('project_first')}</td>
              <td class="end number">{count(records)}</td>
              <td class="end number">{count(observations)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
