import { useTranslate } from '../hooks.tsx';

/** The outline of a card while its record is on the way. */
export function CardSkeleton(props: { provider?: string | undefined }) {
  const t = useTranslate();
  return (
    <section class="card stack" aria-busy="true" data-testid="skeleton">
      <p class="quiet small" role="status">
        {props.provider ? t('loading_from', props.provider) : t('loading')}
      </p>
      <div class="skeleton" style={{ height: '16px', width: '92%' }} />
      <div class="skeleton" style={{ height: '16px', width: '64%' }} />
      <div class="figure-grid" aria-hidden="true">
        {[0, 1, 2, 3, 4, 5].map((cell) => (
          <div class="figure" key={cell}>
            <div class="skeleton" style={{ height: '10px', width: '48px' }} />
            <div class="skeleton" style={{ height: '20px', width: '76px', marginTop: '6px' }} />
          </div>
        ))}
      </div>
    </section>
  );
}
