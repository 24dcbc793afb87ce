import { useHost, useTranslate } from '../hooks.tsx';
import { Icon } from './Icon.tsx';

/** The sliders in the corner of popup and panel. */
export function OptionsButton() {
  const t = useTranslate();
  const host = useHost();
  return (
    <button
      type="button"
      class="button icon-only plain"
      title={t('action_open_options')}
      aria-label={t('action_open_options')}
      data-testid="open-options"
      onClick={() => void host.openOptions()}
    >
      <Icon name="settings" />
    </button>
  );
}
