import { useEffect } from 'preact/hooks';
import type { PageHost } from '../../lib/messaging/host.ts';
import { sites } from '../../lib/sites/index.ts';
import { HostProvider, useHost, useTranslate } from '../hooks.tsx';
import { OutsideLink } from '../parts/basics.tsx';
import { Mark } from '../parts/Icon.tsx';
import { LibraryButton } from '../parts/LibraryButton.tsx';
import { AutomaticLookupSwitch, OverlaySwitch, PauseSwitch } from '../parts/SettingSwitches.tsx';
import { StartFailure } from '../parts/StartFailure.tsx';
import { siteKey } from '../sites.ts';
import { CacheSection } from './CacheSection.tsx';
import { DestinationsSection } from './DestinationsSection.tsx';
import { DisplaySection } from './DisplaySection.tsx';
import { HealthSection } from './HealthSection.tsx';
import { KeysSection } from './KeysSection.tsx';
import { ProjectsSection } from './ProjectsSection.tsx';
import { ReadingSection } from './ReadingSection.tsx';
import { Section } from './Section.tsx';
import { SourcesSection } from './SourcesSection.tsx';

const sectionIds = [
  'keys',
  'sources',
  'lookup',
  'projects',
  'destinations',
  'sites',
  'display',
  'cache',
  'reading',
  'health',
  'privacy',
  'about',
] as const;

/** The options, in a tab of their own. */
export function Options(props: { host: PageHost }) {
  return (
    <HostProvider host={props.host} fallback={StartFailure}>
      <OptionsBody />
    </HostProvider>
  );
}

function OptionsBody() {
  const t = useTranslate();
  useEffect(() => {
    document.title = t('options_title_page');
  }, [t]);
  return (
    <div class="options" data-testid="options">
      <header class="options-header">
        <Mark />
        <h1>{t('options_title_page')}</h1>
        <LibraryButton inWords />
      </header>
      <nav class="options-nav" aria-label={t('options_sections')}>
        <ul>
          {sectionIds.map((id) => (
            <li key={id}>
              <a href={`#${id}`}>{t(`options_${id}`)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <main class="options-main">
        <KeysSection />
        <SourcesSection />
        <LookupSection />
        <ProjectsSection />
        <DestinationsSection />
        <SitesSection />
        <DisplaySection />
        <CacheSection />
        <ReadingSection />
        <HealthSection />
        <PrivacySection />
        <AboutSection />
      </main>
    </div>
  );
}

function LookupSection() {
  const t = useTranslate();
  return (
    <Section id="lookup">
      <div class="card rows">
        <AutomaticLookupSwitch help={t('switch_automatic_help')} />
        <PauseSwitch help={t('switch_paused_help')} />
      </div>
    </Section>
  );
}

function SitesSection() {
  const t = useTranslate();
  return (
    <Section id="sites" lead={t('options_sites_lead')}>
      <div class="card rows">
        {sites.map((site) => (
          <OverlaySwitch
            key={site.id}
            site={site.id}
            label={t(siteKey(site.id))}
            help={t(`${siteKey(site.id)}_what`)}
            testid={`switch-overlay-${site.id}`}
          />
        ))}
      </div>
    </Section>
  );
}

function PrivacySection() {
  const t = useTranslate();
  return (
    <Section id="privacy">
      <ul class="card rows prose">
        <li>{t('privacy_local')}</li>
        <li>{t('privacy_keys')}</li>
        <li>{t('privacy_polite')}</li>
      </ul>
    </Section>
  );
}

function AboutSection() {
  const t = useTranslate();
  const host = useHost();
  return (
    <Section id="about">
      <div class="card stack">
        <p data-testid="version">{t('about_version', host.version)}</p>
        <p class="quiet">{t('extension_description')}</p>
        <p>
          <OutsideLink href="https://github.com/clipscope/clipscope">github.com/clipscope/clipscope</OutsideLink>
        </p>
        <p class="quiet small">{t('about_licence')}</p>
      </div>
    </Section>
  );
}
