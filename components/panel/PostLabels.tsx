import type { PostRecord, RawFlags, Subtitle } from '../../lib/core/record.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { useTranslate } from '../hooks.tsx';
import { languageName } from '../show.ts';
import { FactRow } from './FactRow.tsx';

/** What the source marks a post with: subtitles, labels and flags, as it gives them. Rows of a fact list. */
export function PostLabels(props: { record: PostRecord }) {
  const t = useTranslate();
  const { record } = props;
  const flags = (['is_ad', 'is_paid_partnership', 'is_pinned', 'has_product_link'] as const).filter(
    (flag) => record[flag] !== null,
  );
  const place = [record.poi_name, record.poi_city, record.poi_country].filter(Boolean).join(', ');
  return (
    <>
      {record.subtitles.length > 0 && (
        <FactRow label={t('field_subtitles')}>
          {record.subtitles.map((subtitle, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two tracks may be alike in all that is known
            <div key={index}>{subtitleText(t, subtitle)}</div>
          ))}
        </FactRow>
      )}
      {record.sticker_text && (
        <FactRow label={t('field_sticker_text')}>
          <span class="user-text pre-line">{record.sticker_text}</span>
        </FactRow>
      )}
      {place && (
        <FactRow label={t('field_poi')}>
          <span class="user-text">{place}</span>
        </FactRow>
      )}
      {record.warning_labels.length > 0 && (
        <FactRow label={t('field_warning_labels')}>
          <span class="user-text">{record.warning_labels.join(t('list_separator'))}</span>
        </FactRow>
      )}
      {record.ai_generated_label && (
        <FactRow label={t('field_ai_generated_label')} help={t('flags_help')}>
          {record.ai_generated_label}
        </FactRow>
      )}
      <Raw label={t('field_ai_flags')} flags={record.ai_flags} testid="ai-flags" />
      <Raw label={t('field_paid_flags')} flags={record.paid_flags} testid="paid-flags" />
      {record.copyright_type && <FactRow label={t('field_copyright_type')}>{record.copyright_type}</FactRow>}
      {flags.length > 0 && (
        <FactRow label={t('field_flags')} help={t('flags_help')}>
          {flags.map((flag) => (
            <div key={flag}>{t('flag_value', t(`field_${flag}`), record[flag] ? t('yes') : t('no'))}</div>
          ))}
        </FactRow>
      )}
    </>
  );
}

/** Flags whose meaning nobody published: name and value, nothing read into them. */
function Raw(props: { label: string; flags: RawFlags; testid: string }) {
  const t = useTranslate();
  const flags = Object.entries(props.flags);
  if (flags.length === 0) return null;
  return (
    <FactRow label={props.label} help={t('flags_help')}>
      <div data-testid={props.testid}>
        {flags.map(([name, value]) => (
          <div key={name} class="mono user-text">
            {t('flag_value', name, value)}
          </div>
        ))}
      </div>
    </FactRow>
  );
}

/** "English (eng-US), recognised by machine". */
function subtitleText(t: Translate, { language, kind }: Subtitle): string {
  // TikTok writes three-letter codes with a region ("eng-US"), which Intl reads.
  const name = language ? languageName(t, language) : t('figure_unknown');
  const written = language && name !== language ? `${name} (${language})` : name;
  return [written, kind === 'unknown' ? null : t(`subtitle_${kind}`)].filter(Boolean).join(t('list_separator'));
}
