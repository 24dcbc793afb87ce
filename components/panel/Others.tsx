import { useMemo, useState } from 'preact/hooks';
import type { AnyRecord } from '../../lib/core/record.ts';
import { entityKinds, type EntityKind, parseRefKey, type RefKey } from '../../lib/core/ref.ts';
import { useEntries } from '../entries.ts';
import { useTranslate } from '../hooks.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Time } from '../parts/Time.tsx';
import { bylineOf, nameOf, rowFigures } from './names.ts';

/** So many are asked for and drawn at a time. */
const atOnce = 50;

/** The refs by kind, in the order in which kinds are listed. */
export function byKind(refs: readonly RefKey[]): readonly (readonly [EntityKind, readonly RefKey[]])[] {
  const groups = Map.groupBy(refs, (ref) => parseRefKey(ref)?.kind);
  return entityKinds.flatMap((kind) => {
    const group = groups.get(kind);
    return group ? [[kind, group] as const] : [];
  });
}

/** What else the page carried: comments, authors, reviews …, folded away by kind. */
export function Others(props: { refs: readonly RefKey[]; tabId: number; open: (ref: RefKey) => void }) {
  const t = useTranslate();
  const groups = useMemo(() => byKind(props.refs), [props.refs]);
  return (
    <section class="stack" aria-label={t('others_title')} data-testid="others">
      <p class="small quiet">{t('others_help')}</p>
      {groups.map(([kind, refs]) => (
        <OtherGroup
          key={kind}
          kind={kind}
          refs={refs}
          tabId={props.tabId}
          open={props.open}
          alone={groups.length === 1}
        />
      ))}
    </section>
  );
}

function OtherGroup(props: {
  kind: EntityKind;
  refs: readonly RefKey[];
  tabId: number;
  open: (ref: RefKey) => void;
  alone: boolean;
}) {
  const t = useTranslate();
  const [isOpen, setOpen] = useState(props.alone);
  return (
    <details
      class="disclosure card"
      open={isOpen}
      data-testid={`others-${props.kind}`}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <Icon name="chevron" />
        <span class="number">{t('kinds_count', t(`kinds_${props.kind}`), props.refs.length)}</span>
      </summary>
      {isOpen && <OtherList refs={props.refs} tabId={props.tabId} open={props.open} />}
    </details>
  );
}

/** Things of one kind, compact; their records are asked for as they are shown. */
export function OtherList(props: {
  refs: readonly RefKey[];
  tabId: number;
  open: (ref: RefKey) => void;
  keep?: (record: AnyRecord) => boolean;
}) {
  const t = useTranslate();
  const [limit, setLimit] = useState(atOnce);
  const refs = useMemo(() => props.refs.slice(0, limit), [props.refs, limit]);
  const { entries, error } = useEntries(refs, props.tabId);
  return (
    <div class="stack">
      {error && <ErrorNotice error={error} />}
      <ul class="other-list">
        {refs.map((ref) => {
          const record = entries.get(ref)?.record ?? null;
          if (record && props.keep && !props.keep(record)) return null;
          return (
            <li key={ref}>
              <button
                type="button"
                class="other-row"
                data-testid="other"
                data-ref={ref}
                onClick={() => props.open(ref)}
              >
                <OtherRow refKey={ref} record={record} />
              </button>
            </li>
          );
        })}
      </ul>
      {refs.length < props.refs.length && (
        <button type="button" class="button compact" onClick={() => setLimit(limit + 4 * atOnce)}>
          {t('items_show_rest', props.refs.length - refs.length)}
        </button>
      )}
    </div>
  );
}

function OtherRow(props: { refKey: RefKey; record: AnyRecord | null }) {
  const t = useTranslate();
  const { record } = props;
  const byline = record && bylineOf(record);
  const time =
    record && (record.record_type === 'comment' || record.record_type === 'review') ? record.created_at : null;
  const figures = record ? rowFigures(record, t.locale) : [];
  const stars = record?.record_type === 'review' ? record.rating : null;
  const isReply = record?.record_type === 'comment' && record.parent_comment_id !== null;
  return (
    <>
      <span class="other-name user-text" dir="auto">
        {isReply && <span class="badge">{t('comment_is_reply')}</span>} {nameOf(props.refKey, record)}
      </span>
      <span class="other-line small quiet number">
        {stars !== null && <span>{t('review_stars', stars)}</span>}
        {byline && <bdi class="user-text">{byline}</bdi>}
        {time !== null && <Time at={time} />}
        {figures.map(({ field, icon, text }) => (
          <span key={field} class="other-figure" title={t(`field_${field}`)}>
            <Icon name={icon} />
            <span class="unseen">{t(`field_${field}`)} </span>
            {text}
          </span>
        ))}
      </span>
    </>
  );
}
