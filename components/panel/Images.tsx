import { useState } from 'preact/hooks';
import { useSettings, useTranslate } from '../hooks.tsx';
import { Icon } from '../parts/Icon.tsx';

/** More than so many at once are loaded on a second click: a product page may hold sixty. */
const firstImages = 9;

/** Remote images: asked for by a click only, unless the reader switched them on. A broken one becomes a placeholder. */
export function Images(props: { urls: readonly string[]; what: 'images' | 'cover'; expireAt?: number | null }) {
  const t = useTranslate();
  const { settings } = useSettings();
  const [asked, setAsked] = useState(false);
  const [all, setAll] = useState(false);
  const label = props.what === 'cover' ? t('images_show_cover') : t('images_show', props.urls.length);
  if (!asked && !settings.loadImages) {
    return (
      <button type="button" class="image-tile" data-testid="show-images" onClick={() => setAsked(true)}>
        <Icon name="image" />
        <span>{label}</span>
        <span class="small quiet">{t('images_help')}</span>
      </button>
    );
  }
  const shown = all ? props.urls : props.urls.slice(0, firstImages);
  return (
    <div class="stack">
      <ul class={props.urls.length === 1 ? 'image-grid single' : 'image-grid'} data-testid="images">
        {shown.map((url, index) => (
          <li key={url}>
            <RemoteImage url={url} alt={t('image_alt', index + 1, props.urls.length)} />
          </li>
        ))}
      </ul>
      {shown.length < props.urls.length && (
        <button type="button" class="button compact" onClick={() => setAll(true)}>
          {t('images_show_rest', props.urls.length - shown.length)}
        </button>
      )}
    </div>
  );
}

function RemoteImage(props: { url: string; alt: string }) {
  const t = useTranslate();
  const [failed, setFailed] = useState(false);
  const address = props.url.startsWith('//') ? `https:${props.url}` : props.url;
  if (failed || !address.startsWith('https://')) {
    return (
      <div class="image-broken small quiet" data-testid="image-broken">
        <Icon name="image" />
        {t('image_broken')}
      </div>
    );
  }
  return (
    <img
      src={address}
      alt={props.alt}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
      onError={() => setFailed(true)}
    />
  );
}
