import { lookupCapabilities } from '../../lib/core/capabilities.ts';
import { providers } from '../../lib/providers/index.ts';
import { useCredentials } from '../credentials.ts';
import { useSettings, useTranslate } from '../hooks.tsx';
import { providerName } from '../show.ts';
import { pageSource, sourcesInOrder } from '../source-order.ts';
import { Section } from './Section.tsx';
import { SortableList } from './SortableList.tsx';

/** In which order sources are asked for posts, products and authors. */
export function SourcesSection() {
  const t = useTranslate();
  const { settings, change } = useSettings();
  const credentials = useCredentials();
  const isReady = (id: string) =>
    credentials.value?.some(({ provider, saved }) => provider === id && saved) === true ||
    providers.some((provider) => provider.id === id && !provider.needsCredential);
  const offered = lookupCapabilities.filter((capability) =>
    providers.some(({ capabilities }) => capabilities[capability]),
  );
  return (
    <Section id="sources" lead={t('options_sources_lead')}>
      <div class="card rows">
        {offered.map((capability) => {
          const kind = capability.replace('.get', '');
          return (
            <div class="stack" key={capability}>
              <h3 class="section-title" id={`sources-${kind}`}>
                {t(`sources_of_${kind}`)}
              </h3>
              <SortableList
                name={`sources-${kind}`}
                labelledBy={`sources-${kind}`}
                items={sourcesInOrder(providers, capability, settings.sourceOrder).map((id) => {
                  const platforms =
                    providers.find((provider) => provider.id === id)?.capabilities[capability]?.platforms ?? [];
                  return {
                    id,
                    label: id === pageSource ? t('sources_page') : providerName(t, id),
                    note: [
                      platforms.map((platform) => t(`platform_${platform}`)).join(t('list_separator')),
                      id === pageSource ? t('sources_page_note') : isReady(id) ? '' : t('credential_is_not_saved'),
                    ]
                      .filter(Boolean)
                      .join(' · '),
                    isQuiet: id !== pageSource && !isReady(id),
                  };
                })}
                onOrder={(ids) => change({ sourceOrder: { ...settings.sourceOrder, [capability]: [...ids] } })}
              />
            </div>
          );
        })}
        <p class="small quiet">{t('sources_help')}</p>
      </div>
    </Section>
  );
}
