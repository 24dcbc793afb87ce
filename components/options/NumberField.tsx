import { useState } from 'preact/hooks';
import { useTranslate } from '../hooks.tsx';

/** A whole number that is taken over when the field is left; what is out of bounds is said, not changed silently. */
export function NumberField(props: {
  id: string;
  label: string;
  unit: string;
  value: number;
  minimum: number;
  maximum: number;
  onValue: (value: number) => void;
}) {
  const t = useTranslate();
  const [problem, setProblem] = useState<string | null>(null);
  // What is being typed: a page that is drawn anew meanwhile must not take it away. Null: as stored.
  const [draft, setDraft] = useState<string | null>(null);
  const { id, minimum, maximum } = props;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div class="row nowrap">
        <input
          id={id}
          class="input number"
          type="number"
          inputMode="numeric"
          min={minimum}
          max={maximum}
          step={1}
          value={draft ?? props.value}
          aria-invalid={problem ? 'true' : undefined}
          aria-describedby={`${id}-unit${problem ? ` ${id}-problem` : ''}`}
          data-testid={id}
          onInput={(event) => setDraft(event.currentTarget.value)}
          onChange={(event) => {
            const value = event.currentTarget.valueAsNumber;
            const fits = Number.isInteger(value) && value >= minimum && value <= maximum;
            setProblem(fits ? null : t('field_problem_range', minimum, maximum));
            if (!fits) return;
            setDraft(null);
            props.onValue(value);
          }}
        />
        <span class="quiet" id={`${id}-unit`}>
          {props.unit}
        </span>
      </div>
      {problem && (
        <p class="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
