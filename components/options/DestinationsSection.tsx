import type { DestinationState } from '../../lib/messaging/protocol.ts';
import type { Destination } from '../../lib/destinations/destination.ts';
import { destinations } from '../../lib/destinations/index.ts';
import { type Destinations, useDestinations } from '../destinations.ts';
import { useTranslate } from '../hooks.tsx';
import { OutsideLink } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { CredentialForm } from './CredentialForm.tsx';
import { Section } from './Section.tsx';

/** The places of the researcher's own team that files can be sent to. */
export function DestinationsSection() {
  const t = useTranslate();
  const known = useDestinations();
  return (
    <Section id="destinations" lead={t('options_destinations_lead')}>
      {known.error && <ErrorNotice error={known.error} onRetry={known.reload} />}
      {known.value &&
        destinations.map((destination) => (
          <DestinationCard
            key={destination.id}
            destination={destination}
            state={known.value?.find((state) => state.destination === destination.id) ?? null}
            known={known}
          />
        ))}
    </Section>
  );
}

/** One place: a line on what it is and how it stands, the form folded away until asked for. */
function DestinationCard(props: { destination: Destination; state: DestinationState | null; known: Destinations }) {
  const t = useTranslate();
  const { destination, state, known } = props;
  const { id, label } = destination;
  const isSaved = state?.saved === true;
  return (
    <details class="card provider" data-testid={`destination-${id}`} data-state={isSaved ? 'saved' : 'no_key'}>
      <summary class="provider-summary" data-testid={`open-${id}`}>
        <Icon name="chevron" />
        <span class="provider-names">
          <span class="provider-name" role="heading" aria-level={3} id={`name-${id}`}>
            {label}
          </span>
        </span>
        <span class="provider-standing">
          <span class={`badge ${isSaved ? 'good' : 'plain'}`} data-testid={`saved-${id}`}>
            {isSaved && <Icon name="check" />}
            {t(`provider_state_${isSaved ? 'saved' : 'no_key'}`)}
          </span>
        </span>
      </summary>
      <div class="provider-body">
        <p class="quiet">
          {t(destination.summary)}{' '}
          {destination.documentation && (
            <OutsideLink href={destination.documentation}>{t('provider_documentation')}</OutsideLink>
          )}
        </p>
        <CredentialForm
          id={id}
          name={label}
          schema={destination.credential}
          originsOf={destination.origins}
          state={state}
          actions={{
            save: (values) => known.save(id, values),
            test: async (values) => {
              await known.test(id, values);
              return t('destination_accepted');
            },
            remove: () => known.remove(id),
          }}
        />
      </div>
    </details>
  );
}
