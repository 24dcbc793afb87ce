import { useEffect, useMemo, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import { parseJson } from '../../lib/core/lossless-json.ts';
import type { LibraryDetail } from '../../lib/messaging/protocol.ts';
import { useTimeZone, useTranslate } from '../hooks.tsx';
import { CopyButton, Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { minuteText } from './cell-text.ts';
import { originName } from './column-words.ts';
import { useLibrary } from './service.tsx';

/** More characters than this are not laid out at once: the page would stand still. The copy has them all. */
const mostShown = 200_000;

type Part = 'record' | 'raw';

/** What each look brought: as Clipscope read it, and the text that it was read from. */
export function RawPart(props: { detail: LibraryDetail }) {
  const t = useTranslate();
  const zone = useTimeZone();
  const { detail } = props;
  const { observations } = detail;
  const [chosen, setChosen] = useState<number | null>(null);
  const [part, setPart] = useState<Part>('raw');
  const index = chosen ?? observations.length - 1;
  const observation = observations[index];
  const read = useMemo(() => (observation ? JSON.stringify(observation.record, null, 2) : ''), [observation]);
  if (!observation) return null;
  return (
    <div class="stack" data-testid="raw">
      <div class="row">
        <select
          class="input raw-choice"
          aria-label={t('library_raw_choose')}
          value={index}
          data-testid="raw-choice"
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        >
          {observations
            .map(({ observed_at, source, record }, place) => ({ observed_at, source, record, place }))
            .reverse()
            .map(({ observed_at, source, record, place }) => (
              <option key={place} value={place}>
                {[
                  minuteText(observed_at, zone),
                  originName(t, source),
                  record.record_type === detail.record.record_type ? '' : t(`kind_${record.record_type}`),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </option>
            ))}
        </select>
      </div>
      <div class="row tight" role="group" aria-label={t('library_raw_part')}>
        {(['raw', 'record'] as const).map((id) => (
          <button
            key={id}
            type="button"
            class="button compact"
            aria-pressed={part === id}
            data-testid={`raw-${id}`}
            onClick={() => setPart(id)}
          >
            {t(`library_raw_${id}`)}
          </button>
        ))}
      </div>
      {part === 'record' ? (
        <JsonText text={read} help={t('library_raw_record_help')} />
      ) : (
        <RawText detail={detail} index={index} />
      )}
    </div>
  );
}

function RawText(props: { detail: LibraryDetail; index: number }) {
  const t = useTranslate();
  const { service } = useLibrary();
  const { ref } = props.detail;
  const key = `${ref} ${props.index}`;
  const [answer, setAnswer] = useState<{ key: string; text: string | null; error: WireError | null } | null>(null);
  useEffect(() => {
    let current = true;
    service.raw(ref, props.index).then(
      (text) => current && setAnswer({ key, text: text === null ? null : pretty(text), error: null }),
      (problem: unknown) => current && setAnswer({ key, text: null, error: toAppError(problem).toWire() }),
    );
    return () => {
      current = false;
    };
  }, [service, key]);
  if (answer?.key !== key) return <div class="skeleton" style={{ height: '180px' }} />;
  if (answer.error) return <ErrorNotice error={answer.error} />;
  if (answer.text === null)
    return (
      <Notice title={t('library_raw_none_title')} testid="raw-none">
        <p>{t('library_raw_none_text')}</p>
      </Notice>
    );
  return <JsonText text={answer.text} help={t('library_raw_help')} />;
}

/** Laid out for reading; as it is where it is no JSON. Long numbers keep their digits, in quotes. */
function pretty(text: string): string {
  try {
    return JSON.stringify(parseJson(text), null, 2);
  } catch {
    return text;
  }
}

function JsonText(props: { text: string; help: string }) {
  const t = useTranslate();
  const { text } = props;
  return (
    <div class="stack">
      <div class="row spread">
        <p class="small quiet raw-help">{props.help}</p>
        <CopyButton text={text} label={t('action_copy')} compact testid="raw-copy" />
      </div>
      <pre class="raw-text mono" tabIndex={0} role="region" aria-label={t('library_raw')} data-testid="raw-text">
        {text.slice(0, mostShown)}
      </pre>
      {text.length > mostShown && <p class="small quiet">{t('library_raw_cut')}</p>}
    </div>
  );
}
