import { useId } from 'preact/hooks';
import { useTimeZone, useTranslate } from '../hooks.tsx';
import { ZoneOptions } from '../parts/ZoneOptions.tsx';
import type { PartProps } from './ExportOptions.tsx';

/** The zone of the local times; UTC is in the files anyway. */
export function TimePart(props: PartProps) {
  const t = useTranslate();
  const id = useId();
  const zone = useTimeZone();
  const { choices } = props;
  return (
    <div class="field">
      <label for={id}>{t('export_zone')}</label>
      <select
        id={id}
        class="input"
        value={choices.timeZone ?? ''}
        data-testid="export-zone"
        onChange={(event) => props.onChange({ ...choices, timeZone: event.currentTarget.value || null })}
      >
        <option value="">{t('export_zone_settings', zone)}</option>
        <ZoneOptions />
      </select>
    </div>
  );
}
