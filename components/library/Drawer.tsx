import { useEffect, useState } from 'preact/hooks';
import { idTime, parseRefKey, type RefKey } from '../../lib/core/ref.ts';
import type { DeletionOutcome, Entry, LibraryDetail } from '../../lib/messaging/protocol.ts';
import { useProjects, useTranslate } from '../hooks.tsx';
import { PostCard } from '../panel/PostCard.tsx';
import { ProductCard } from '../panel/ProductCard.tsx';
import { RecordCard } from '../panel/RecordCard.tsx';
import { nameOf } from '../panel/names.ts';
import { CardSkeleton } from '../panel/Skeleton.tsx';
import { Notice } from '../parts/basics.tsx';
import { DifferenceTable } from '../parts/Differences.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { projectName } from '../parts/StorageLine.tsx';
import { TabPanel, Tabs } from '../parts/Tabs.tsx';
import { Time } from '../parts/Time.tsx';
import { originName } from './column-words.ts';
import { useDeletions } from './deletions.ts';
import { HistoryPart, ObservedLine } from './HistoryPart.tsx';
import { personName, personOf } from './person.ts';
import { RawPart } from './RawPart.tsx';
import { useColumns, useLibrary, useReport } from './service.tsx';
import { TagsAndNote } from './TagsPart.tsx';
import { TwoSteps } from './TwoSteps.tsx';
import { useAction } from './use-action.ts';

type Part = 'record' | 'history' | 'sources' | 'raw';

/** Everything that is known of one record, beside the table. */
export function Drawer(props: { refKey: RefKey; onClose: () => void; onDeleted: (outcome: DeletionOutcome) => void }) {
  const t = useTranslate();
  const { refKey } = props;
  const report = useReport(`detail ${refKey}`, (service) => service.detail(refKey));
  const [part, setPart] = useState<Part>('record');
  // The last one stays while the next is read: no flicker while one goes through the rows.
  const [shown, setShown] = useState<LibraryDetail | null>(null);
  useEffect(() => {
    if (report.value) setShown(report.value);
  }, [report.value]);
  const detail = report.value ?? (report.loading ? shown : null);
  return (
    <aside
      class="drawer"
      aria-label={t('library_drawer')}
      data-testid="drawer"
      data-ref={detail?.ref}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        props.onClose();
      }}
    >
      <header class="drawer-head">
        <div class="drawer-title">
          <h2 class="user-text" dir="auto">
            {nameOf(detail?.ref ?? refKey, detail?.record)}
          </h2>
          {detail && <ObservedLine detail={detail} />}
        </div>
        <button
          type="button"
          class="button icon-only plain"
          title={t('action_close')}
          aria-label={t('action_close')}
          data-testid="drawer-close"
          onClick={props.onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      {report.error && <ErrorNotice error={report.error} onRetry={report.reload} />}
      {!detail && !report.error && report.loading && <CardSkeleton />}
      {!detail && !report.loading && !report.error && (
        <Notice title={t('library_gone_title')} testid="drawer-gone">
          <p>{t('library_gone_text')}</p>
        </Notice>
      )}
      {detail && (
        <>
          <Tabs
            name="drawer"
            label={t('library_drawer')}
            tabs={(['record', 'history', 'sources', 'raw'] as const).map((id) => ({
              id,
              label: t(`library_part_${id}`),
            }))}
            active={part}
            onChange={setPart}
          />
          <div class="drawer-body">
            <TabPanel name="drawer" id={part}>
              {part === 'record' && <RecordPart detail={detail} reload={report.reload} onDeleted={props.onDeleted} />}
              {part === 'history' && <History detail={detail} />}
              {part === 'sources' && <SourcesPart detail={detail} />}
              {part === 'raw' && <RawPart detail={detail} />}
            </TabPanel>
          </div>
        </>
      )}
    </aside>
  );
}

function History(props: { detail: LibraryDetail }) {
  const columns = useColumns(props.detail.record.record_type);
  return <HistoryPart detail={props.detail} columns={columns} />;
}

/** The record as the cards of the panel take it: nothing is asked of anyone here. */
function entryOf({ ref, url, record, skus, differences, observations }: LibraryDetail): Entry {
  const id = parseRefKey(ref)?.id ?? '';
  return {
    ref,
    url,
    idTime: idTime(id, Date.now()),
    status: 'fresh',
    record,
    skus,
    error: null,
    providers: [],
    differences,
    expiresAt: null,
    observationCount: observations.filter((observation) => observation.record.record_type !== 'sku').length,
  };
}

function RecordPart(props: {
  detail: LibraryDetail;
  reload: () => void;
  onDeleted: (outcome: DeletionOutcome) => void;
}) {
  const t = useTranslate();
  const { detail } = props;
  const { record } = detail;
  const entry = entryOf(detail);
  const projects = useProjects();
  const names = (projects.value ?? []).filter(({ id }) => detail.projects.includes(id));
  return (
    <>
      <TagsAndNote refKey={detail.ref} tags={detail.tags} note={detail.note} onChanged={props.reload} />
      {record.record_type === 'post' ? (
        <PostCard key={detail.ref} record={record} entry={entry} />
      ) : record.record_type === 'product' ? (
        <ProductCard key={detail.ref} record={record} entry={entry} />
      ) : (
        <RecordCard key={detail.ref} record={record} entry={entry} />
      )}
      <section class="card stack">
        <h2 class="section-title">{t('library_projects')}</h2>
        <p class="user-text">
          {names.length === 0
            ? t('library_projects_none')
            : names.map((project) => projectName(t, project)).join(t('list_separator'))}
        </p>
      </section>
      <DeletePerson detail={detail} onDeleted={props.onDeleted} />
    </>
  );
}

/** Every figure on which sources differ, and every look with its source. */
function SourcesPart(props: { detail: LibraryDetail }) {
  const t = useTranslate();
  const { detail } = props;
  const { observations, differences } = detail;
  return (
    <div class="stack" data-testid="sources">
      {differences.length === 0 ? (
        <Notice title={t('library_sources_agree_title')} testid="sources-agree">
          <p>{t('library_sources_agree_text')}</p>
        </Notice>
      ) : (
        differences.map((difference) => (
          <DifferenceTable key={difference.field} id={`difference-${difference.field}`} difference={difference} />
        ))
      )}
      <section class="card stack">
        <h3 class="section-title">{t('provenance_observations')}</h3>
        <div class="table-scroll">
          <table class="plain-table small" data-testid="observations">
            <thead>
              <tr>
                <th scope="col">{t('field_observed_at')}</th>
                <th scope="col">{t('provenance_source')}</th>
                <th scope="col">{t('library_collected_via')}</th>
              </tr>
            </thead>
            <tbody>
              {[...observations].reverse().map(({ observed_at, source, record }, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- two looks may be alike in all that is known
                <tr key={index}>
                  <td>
                    <Time at={observed_at} />
                  </td>
                  <td>
                    {originName(t, source)}
                    {record.record_type !== detail.record.record_type && (
                      <span class="quiet"> {t(`kind_${record.record_type}`)}</span>
                    )}
                  </td>
                  <td>{t(`collected_via_${record.collected_via}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </div>
  );
}

function DeletePerson(props: { detail: LibraryDetail; onDeleted: (outcome: DeletionOutcome) => void }) {
  const t = useTranslate();
  const { deletePerson } = useDeletions();
  const { refresh } = useLibrary();
  const [asking, setAsking] = useState(false);
  const action = useAction<void>();
  const { record, ref } = props.detail;
  const person = personOf(record, ref);
  useEffect(() => setAsking(false), [ref]);
  if (!person) return null;
  const name = personName(record) || (parseRefKey(person)?.id ?? person);
  if (!asking) {
    return (
      <div>
        <button type="button" class="button danger compact" data-testid="delete-person" onClick={() => setAsking(true)}>
          <Icon name="trash" />
          {t('library_person_delete')}
        </button>
      </div>
    );
  }
  return (
    <TwoSteps
      question={t('library_person_question', name)}
      confirm={t('library_person_confirm')}
      running={action.state.step === 'running'}
      error={action.state.step === 'failed' ? action.state.error : null}
      testid="person-question"
      onCancel={() => setAsking(false)}
      onConfirm={() =>
        void action.run(async () => {
          const outcome = await deletePerson(person);
          await refresh(null);
          props.onDeleted(outcome);
        })
      }
    >
      <p class="small">{t('library_person_help')}</p>
    </TwoSteps>
  );
}
