import { parseRefKey, type RefKey } from '../../../lib/core/ref.ts';
import type { Entry } from '../../../lib/messaging/protocol.ts';
import { useTranslate } from '../../hooks.tsx';
import { nameOf } from '../../panel/names.ts';
import { Icon } from '../../parts/Icon.tsx';

/** A thing by its kind and name: opens its detail in the library, and beside it its page on the platform. */
export function ThingName(props: {
  thing: RefKey;
  entry: Entry | undefined;
  onOpen: ((ref: RefKey) => void) | undefined;
}) {
  const t = useTranslate();
  const { thing, entry, onOpen } = props;
  const name = nameOf(thing, entry?.record);
  return (
    <span class="thing-name">
      <span class="quiet small thing-kind">{t(`kind_${parseRefKey(thing)?.kind ?? 'post'}`)}</span>
      {onOpen && entry?.record ? (
        <button
          type="button"
          class="link-button user-text thing-title"
          data-testid="thing-open"
          onClick={() => onOpen(thing)}
        >
          {name}
        </button>
      ) : (
        <span class="user-text thing-title">{name}</span>
      )}
      {entry?.url && (
        <a
          class="thing-link"
          href={entry.url}
          target="_blank"
          rel="noreferrer noopener"
          aria-label={t('job_thing_page', name)}
          title={t('action_open_item')}
        >
          <Icon name="external" />
        </a>
      )}
    </span>
  );
}
