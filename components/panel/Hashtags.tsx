import type { HashtagUse } from '../../lib/core/record.ts';
import type { Platform } from '../../lib/core/ref.ts';
import { useTranslate } from '../hooks.tsx';
import { CopyButton, useCopied } from '../parts/basics.tsx';
import { Icon } from '../parts/Icon.tsx';

/** Each hashtag with two affordances: its name copies, its arrow opens the hashtag's page. */
export function Hashtags(props: { platform: Platform; hashtags: readonly HashtagUse[] }) {
  const t = useTranslate();
  return (
    <section class="stack tags" aria-label={t('hashtags_title')}>
      <div class="row spread">
        <h2 class="section-title">{t('hashtags_count', props.hashtags.length)}</h2>
        <CopyButton
          text={props.hashtags.map(({ name }) => `#${name}`).join(' ')}
          label={t('hashtags_copy_all')}
          compact
          testid="copy-hashtags"
        />
      </div>
      <ul class="tag-list" data-testid="hashtags">
        {props.hashtags.map((hashtag) => (
          <HashtagChip key={hashtag.name} platform={props.platform} hashtag={hashtag} />
        ))}
      </ul>
    </section>
  );
}

function HashtagChip(props: { platform: Platform; hashtag: HashtagUse }) {
  const t = useTranslate();
  const [copied, copy] = useCopied();
  const { name, origin } = props.hashtag;
  const page = hashtagPage(props.platform, props.hashtag);
  return (
    <li class="tag">
      <button
        type="button"
        class="tag-copy"
        title={`${t('hashtag_copy', name)} · ${t(`hashtag_origin_${origin}`)}`}
        data-testid="hashtag-copy"
        onClick={() => copy(`#${name}`)}
      >
        <bdi class="user-text">#{name}</bdi>
        {copied && <Icon name="check" />}
        <span class="unseen" role="status">
          {copied ? t('action_copied') : ''}
        </span>
      </button>
      {page && (
        <a
          class="tag-open"
          href={page}
          target="_blank"
          rel="noreferrer noopener"
          title={t('hashtag_open', name)}
          aria-label={t('hashtag_open', name)}
          data-testid="hashtag-open"
        >
          <Icon name="external" />
        </a>
      )}
    </li>
  );
}

/** Douyin's hashtag pages go by id, which not every source gives; its search takes the name. */
function hashtagPage(platform: Platform, { name, id }: HashtagUse): string {
  if (platform === 'tiktok') return `https://www.tiktok.com/tag/${encodeURIComponent(name)}`;
  return id
    ? `https://www.douyin.com/hashtag/${id}`
    : `https://www.douyin.com/search/${encodeURIComponent(`#${name}`)}`;
}
