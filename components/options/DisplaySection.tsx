import { formatTime } from '../../lib/analysis/format.ts';
import { useNow, useSettings, useTimeZone, useTranslate } from '../hooks.tsx';
import { Switch } from '../parts/basics.tsx';
import { ZoneOptions } from '../parts/ZoneOptions.tsx';
import { Section } from './Section.tsx';

const languageChoices = ['auto', 'en', 'zh_CN'] as const;

/** Language, time zone and images. */
export function DisplaySection() {
  const t = useTranslate();
  const { settings, change } = useSettings();
  const zone = useTimeZone();
  const now = useNow();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Section id="display">
      <div class="card rows">
        <div class="field">
          <label for="language">{t('setting_language')}</label>
          <select
            id="language"
            class="input narrow"
            data-testid="language"
            value={settings.language}
            onChange={(event) =>
              change({ language: languageChoices.find((choice) => choice === event.currentTarget.value) ?? 'auto' })
            }
          >
            <option value="auto">{t('language_auto')}</option>
            <option value="en" lang="en">
              English
            </option>
            <option value="zh_CN" lang="zh-CN">
              简体中文
            </option>
          </select>
        </div>
        <div class="field">
          <label for="time-zone">{t('setting_time_zone')}</label>
          <p class="small quiet" id="time-zone-help">
            {t('setting_time_zone_help', formatTime(now, zone, t.locale))}
          </p>
          <select
            id="time-zone"
            class="input narrow"
            aria-describedby="time-zone-help"
            data-testid="time-zone"
            value={settings.timeZone}
            onChange={(event) => change({ timeZone: event.currentTarget.value })}
          >
            <option value="local">{t('time_zone_local', own)}</option>
            <ZoneOptions />
          </select>
        </div>
        <Switch
          label={t('switch_load_images')}
          help={t('switch_load_images_help')}
          checked={settings.loadImages}
          testid="switch-images"
          onChange={(loadImages) => change({ loadImages })}
        />
      </div>
    </Section>
  );
}
