import { useState } from 'preact/hooks';
import type { CredentialState, ListState } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { EstimateLine } from '../parts/EstimateLine.tsx';
import { Icon } from '../parts/Icon.tsx';
import { readPages } from './api-list.ts';

/** The buttons of a list: one page more, many more with what they take, stop; and how far it is. Stands in a form. */
export function ListRunner(props: {
  base: string;
  list: ListState | null;
  asking: boolean;
  state: CredentialState | undefined;
  run: (pages: number) => void;
  stop: (key: string) => void;
}) {
  const t = useTranslate();
  const { base, list, state } = props;
  const [text, setText] = useState('5');
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  const isRunning = list?.state === 'running' || (props.asking && list?.state !== 'ended');
  const pages = readPages(text);
  const isEnded = list?.state === 'ended';
  return (
    <>
      <p class="row tight small" role="status" data-testid={`api-progress-${base}`}>
        {isRunning && <Icon name="refresh" spinning />}
        {list && <span class="number">{t(progressKey(list), count(list.pages), count(list.refs.length))}</span>}
      </p>
      {isRunning ? (
        <div class="row">
          <button
            type="button"
            class="button compact"
            disabled={!list}
            data-testid={`api-stop-${base}`}
            onClick={() => list && props.stop(list.key)}
          >
            <Icon name="stop" />
            {t('action_stop')}
          </button>
        </div>
      ) : (
        !isEnded && (
          <>
            <div class="row api-pages">
              <button type="submit" class="button compact primary" data-testid={`api-next-${base}`}>
                {t(list && list.pages > 0 ? 'api_next_page' : 'api_first_page')}
              </button>
              <span class="row nowrap api-many">
                <input
                  class="input number"
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={1000}
                  step={1}
                  value={text}
                  aria-label={t('api_pages')}
                  aria-invalid={pages === null ? 'true' : undefined}
                  data-testid={`api-pages-${base}`}
                  onInput={(event) => setText(event.currentTarget.value)}
                  onKeyDown={(event) => {
                    // Enter means the button beside it, not the form's one page.
                    if (event.key !== 'Enter') return;
                    event.preventDefault();
                    if (pages !== null) props.run(pages);
                  }}
                />
                <button
                  type="button"
                  class="button compact"
                  disabled={pages === null}
                  data-testid={`api-many-${base}`}
                  onClick={() => pages !== null && props.run(pages)}
                >
                  {t('api_many_pages')}
                </button>
              </span>
            </div>
            {state && pages !== null && (
              <EstimateLine
                what={t('estimate_pages', count(pages))}
                calls={pages}
                state={state}
                testid={`api-estimate-${base}`}
              />
            )}
            {pages === null && <p class="field-problem small">{t('field_problem_range', 1, count(1000))}</p>}
          </>
        )
      )}
    </>
  );
}

function progressKey(list: ListState): 'api_progress_running' | 'api_progress_paused' | 'api_progress_ended' {
  return `api_progress_${list.state}`;
}
