import { useMemo, useState } from 'preact/hooks';
import type { HashtagCount } from '../../lib/analysis/hashtags.ts';
import { useTranslate } from '../hooks.tsx';
import { CopyButton } from '../parts/basics.tsx';
import { Icon } from '../parts/Icon.tsx';

/** So many are drawn before one asks for the rest. */
const firstTags = 60;

/** The hashtags of the page's posts by how many carry them; a click filters the list. */
export function PageHashtags(props: {
  hashtags: readonly HashtagCount[];
  posts: number;
  choose: (name: string) => void;
}) {
  const t = useTranslate();
  const [byName, setByName] = useState(false);
  const [all, setAll] = useState(false);
  const sorted = useMemo(() => {
    const collator = new Intl.Collator(t.locale, { numeric: true });
    return byName ? [...props.hashtags].sort((a, b) => collator.compare(a.name, b.name)) : props.hashtags;
  }, [props.hashtags, byName, t]);
  const share = new Intl.NumberFormat(t.locale, { style: 'percent', maximumFractionDigits: 1 });
  const shown = all ? sorted : sorted.slice(0, firstTags);
  return (
    <section class="card stack" aria-label={t('hashtags_title')} data-testid="page-hashtags">
      <div class="row spread">
        <p class="small quiet">{t('hashtags_of_posts', props.posts)}</p>
        <CopyButton
          text={() => sorted.map(({ name, posts }) => `#${name}\t${posts}`).join('\n')}
          label={t('hashtags_copy_table')}
          compact
          testid="copy-page-hashtags"
        />
      </div>
      <table class="hashtag-table small">
        <thead>
          <tr>
            <th scope="col" aria-sort={byName ? 'ascending' : undefined}>
              <SortHead label={t('kind_hashtag')} active={byName} onClick={() => setByName(true)} />
            </th>
            <th scope="col" class="end" aria-sort={byName ? undefined : 'descending'}>
              <SortHead label={t('hashtag_posts')} active={!byName} onClick={() => setByName(false)} />
            </th>
            <th scope="col" class="end" title={t('hashtag_share_help')}>
              {t('hashtag_share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((tag) => (
            <tr key={`${tag.platform} ${tag.name}`}>
              <th scope="row">
                <button
                  type="button"
                  class="link-button user-text"
                  title={t('hashtag_filter', tag.name)}
                  data-testid="page-hashtag"
                  onClick={() => props.choose(tag.name)}
                >
                  <bdi>#{tag.name}</bdi>
                </button>
              </th>
              <td class="end number">{tag.posts}</td>
              <td class="end number share" style={{ '--share': `${tag.share * 100}%` }}>
                {share.format(tag.share)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < sorted.length && (
        <button type="button" class="button compact" onClick={() => setAll(true)}>
          {t('items_show_rest', sorted.length - shown.length)}
        </button>
      )}
    </section>
  );
}

function SortHead(props: { label: string; active: boolean; onClick: () => void }) {
  return (
    <button type="button" class="sort-head" onClick={props.onClick}>
      {props.label}
      {props.active && <Icon name="descending" />}
    </button>
  );
}
