import type { CredentialState } from '../../lib/messaging/protocol.ts';
import { beyondText, estimateCalls, estimateText } from '../estimate.ts';
import { useSettings, useTranslate } from '../hooks.tsx';
import { Icon } from './Icon.tsx';

/** What so many calls will take, and whether that is more than today has left. `what`: "1,200 posts". */
export function EstimateLine(props: { what: string; calls: number; state: CredentialState; testid?: string }) {
  const t = useTranslate();
  const { settings } = useSettings();
  const { estimate, left } = estimateCalls(props.calls, props.state, settings);
  const beyond = beyondText(t, estimate, left);
  return (
    <div class="estimate small" data-testid={props.testid ?? 'estimate'}>
      <p class="number">{estimateText(t, props.what, estimate, props.state.usage.limits.perSecond)}</p>
      {beyond && (
        <p class="estimate-beyond">
          <Icon name="alert" />
          <span>{beyond}</span>
        </p>
      )}
    </div>
  );
}
