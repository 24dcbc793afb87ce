import { useId, useState } from 'preact/hooks';
import { type SampleChoice, strata } from '../../lib/core/export-choices.ts';
import { useTranslate } from '../hooks.tsx';
import type { PartProps } from './ExportOptions.tsx';

const firstSample: SampleChoice = { size: 200, seed: '1', by: null };
const mostRows = 1_000_000;

/** A random part of it, the same again with the same seed. */
export function SamplePart(props: PartProps) {
  const t = useTranslate();
  const { choices, onChange } = props;
  const { sample } = choices;
  const change = (part: Partial<SampleChoice>) =>
    onChange({ ...choices, sample: { ...(sample ?? firstSample), ...part } });
  return (
    <div class="stack">
      <label class="export-choice">
        <input
          type="checkbox"
          checked={sample !== null}
          data-testid="export-sample"
          onChange={() => onChange({ ...choices, sample: sample ? null : firstSample })}
        />
        <span>
          {t('export_sample')}
          <span class="small quiet export-help">{t('export_sample_help')}</span>
        </span>
      </label>
      {sample && <SampleFields sample={sample} change={change} />}
    </div>
  );
}

function SampleFields(props: { sample: SampleChoice; change: (part: Partial<SampleChoice>) => void }) {
  const t = useTranslate();
  const id = useId();
  const { sample, change } = props;
  // What is being typed and is no number yet; null: as chosen.
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <div class="export-fields">
      <div class="field">
        <label for={`${id}-by`}>{t('export_sample_by')}</label>
        <select
          id={`${id}-by`}
          class="input"
          value={sample.by ?? ''}
          data-testid="sample-by"
          onChange={(event) => change({ by: strata.find((one) => one === event.currentTarget.value) ?? null })}
        >
          <option value="">{t('export_sample_by_none')}</option>
          {strata.map((one) => (
            <option key={one} value={one}>
              {t(`export_sample_by_${one}`)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for={`${id}-size`}>{t(sample.by ? 'export_sample_size_each' : 'export_sample_size')}</label>
        <input
          id={`${id}-size`}
          class="input number"
          type="number"
          inputMode="numeric"
          min={1}
          max={mostRows}
          value={draft ?? sample.size}
          aria-invalid={draft === null ? undefined : 'true'}
          title={draft === null ? undefined : t('field_problem_range', 1, mostRows)}
          data-testid="sample-size"
          onInput={(event) => {
            const size = event.currentTarget.valueAsNumber;
            const fits = Number.isInteger(size) && size >= 1 && size <= mostRows;
            setDraft(fits ? null : event.currentTarget.value);
            if (fits) change({ size });
          }}
          // What is no number is not taken over, and does not stay as if it were.
          onBlur={() => setDraft(null)}
        />
      </div>
      <div class="field">
        <label for={`${id}-seed`}>{t('export_sample_seed')}</label>
        <input
          id={`${id}-seed`}
          class="input"
          maxLength={80}
          value={sample.seed}
          autocomplete="off"
          data-testid="sample-seed"
          onInput={(event) => change({ seed: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
