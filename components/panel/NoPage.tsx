import type { PageState } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { OutsideLink } from '../parts/basics.tsx';
import { Icon } from '../parts/Icon.tsx';
import { sites } from '../../lib/sites/index.ts';
import { siteKey } from '../sites.ts';

/** The tab shows none of our sites: says which ones work. */
export function NoSite() {
  const t = useTranslate();
  return (
    <section class="card stack" data-testid="no-site">
      <h2>{t('no_site_title')}</h2>
      <p class="quiet">{t('no_site_text')}</p>
      <ul class="site-list">
        {sites.map((site) => (
          <li key={site.id}>
            <p class="site-name">
              {site.start ? <OutsideLink href={site.start}>{t(siteKey(site.id))}</OutsideLink> : t(siteKey(site.id))}
            </p>
            <p class="small quiet">{t(`${siteKey(site.id)}_what`)}</p>
          </li>
        ))}
      </ul>
      <p class="small quiet">{t('no_site_reload')}</p>
    </section>
  );
}

/** One of our sites, but nothing on it that has an id. */
export function NothingFound(props: { page: PageState }) {
  const t = useTranslate();
  const { site } = props.page;
  return (
    <section class="card stack" data-testid="nothing-found">
      <h2 class="row">
        <Icon name="search" />
        {t('nothing_found_title')}
      </h2>
      <p>{t('nothing_found_text')}</p>
      <p class="small quiet">{t(`${siteKey(site)}_what`)}</p>
    </section>
  );
}
