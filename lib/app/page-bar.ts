/** The bar at the edge of a page, in words. */
import { formatCount } from '../analysis/format.ts';
import type { AnyRecord } from '../core/record.ts';
import type { Translate } from '../i18n/index.ts';
import type { BarModel, PageView } from '../messaging/protocol.ts';
import type { PageList } from '../storage/session-buffer.ts';

/** Where things go, and whether they can. */
export interface StorageState {
  readonly project: { readonly name: string; readonly recording: boolean };
  /** Something of the page is not in the active project. */
  readonly hasUnsaved: boolean;
  /** `buffer`: the tab's buffer is full; `disk`: the browser has no room left. */
  readonly noRoom: 'buffer' | 'disk' | null;
}

/** How many things the page's own subject says that there are; null where it says nothing. */
export function declaredBy(record: AnyRecord | null): PageView['declared'] {
  switch (record?.record_type) {
    case 'author':
      return record.author_post_count === null ? null : { of: 'profile', count: record.author_post_count };
    case 'hashtag':
    case 'music':
    case 'collection':
      return record.post_count === null ? null : { of: record.record_type, count: record.post_count };
    case 'shop':
      return record.product_count === null ? null : { of: 'shop', count: record.product_count };
    default:
      return null;
  }
}

/** What a project is called; the first one has no name of its own. */
export function projectName(project: { readonly name: string }, t: Translate): string {
  return project.name || t('project_first');
}

function storageText({ project, hasUnsaved, noRoom }: StorageState, t: Translate): string {
  if (noRoom === 'disk') return t('error_storage_full');
  if (noRoom === 'buffer') return t('bar_no_room');
  if (project.recording) return t('bar_recording', projectName(project, t));
  return hasUnsaved ? t('bar_until_closed') : t('bar_saved', projectName(project, t));
}

/** The bar of a list; null where the page holds nothing. */
export function barModel(
  list: PageList,
  declared: PageView['declared'],
  storage: StorageState,
  t: Translate,
): BarModel | null {
  const found = list.entries.length;
  if (found === 0 && list.others.length === 0) return null;
  const withData = list.entries.filter((entry) => entry.has_data).length;
  const exact = (count: number): string => formatCount(count, 'exact', t.locale);
  const parts = [
    t('bar_found', exact(found)),
    t('bar_with_data', exact(withData)),
    declared ? t(`bar_declared_${declared.of}`, exact(declared.count)) : '',
  ];
  return {
    found,
    withData,
    text: parts.filter(Boolean).join(' · '),
    storage: storageText(storage, t),
    recording: storage.project.recording,
    canSave: storage.hasUnsaved && !storage.project.recording,
  };
}
