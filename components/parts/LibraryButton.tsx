import { useHost, useTranslate } from '../hooks.tsx';
import { Icon } from './Icon.tsx';

/** Opens the library; in words where there is room for them. */
export function LibraryButton(props: { inWords?: boolean }) {
  const t = useTranslate();
  const host = useHost();
  return (
    <button
      type="button"
      class={props.inWords ? 'button' : 'button icon-only plain'}
      title={t('library_open')}
      aria-label={props.inWords ? undefined : t('library_open')}
      data-testid="open-library"
      onClick={() => void host.openLibrary()}
    >
      <Icon name="library" />
      {props.inWords && t('library_open')}
    </button>
  );
}
