import type { JobKind } from '../../../lib/core/job.ts';
import { useTranslate } from '../../hooks.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { kindIcons } from './job-words.ts';
import { jobKinds } from './new-job.ts';

/**
 * The four kinds of jobs, each with a line that says what it does. `kind`: the one that is chosen; null: none is, and each
 * is a button that begins one.
 */
export function KindCards(props: { kind: JobKind | null; onKind: (kind: JobKind) => void }) {
  const t = useTranslate();
  if (props.kind === null) {
    return (
      <div class="job-kinds">
        {jobKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            class="job-kind"
            data-testid={`job-begin-${kind}`}
            onClick={() => props.onKind(kind)}
          >
            <Kind kind={kind} />
          </button>
        ))}
      </div>
    );
  }
  return (
    <fieldset class="job-kinds">
      <legend class="unseen">{t('job_part_kind')}</legend>
      {jobKinds.map((kind) => (
        <label key={kind} class="job-kind">
          <input
            type="radio"
            name="job-kind"
            class="unseen"
            checked={kind === props.kind}
            aria-labelledby={`job-kind-${kind}-name`}
            aria-describedby={`job-kind-${kind}-what`}
            data-testid={`job-kind-${kind}`}
            onChange={() => props.onKind(kind)}
          />
          <Kind kind={kind} />
        </label>
      ))}
    </fieldset>
  );
}

function Kind(props: { kind: JobKind }) {
  const t = useTranslate();
  const { kind } = props;
  return (
    <>
      <Icon name={kindIcons[kind]} />
      <span class="job-kind-name" id={`job-kind-${kind}-name`}>
        {t(`job_kind_${kind}`)}
      </span>
      <span class="small quiet job-kind-what" id={`job-kind-${kind}-what`}>
        {t(`job_kind_${kind}_what`)}
      </span>
    </>
  );
}
