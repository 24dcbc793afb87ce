import { useState } from 'preact/hooks';
import { personalModes } from '../../lib/core/export-choices.ts';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import { useProjects, useTranslate } from '../hooks.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { saveText } from '../save-text.ts';
import type { PartProps } from './ExportOptions.tsx';

/** What becomes of people and of what they wrote. `captured`: the format leaves nothing out of what it holds. */
export function PeoplePart(props: PartProps & { captured: boolean }) {
  const t = useTranslate();
  const { choices, onChange, captured } = props;
  return (
    <fieldset class="bare export-part">
      <legend>{t('export_people')}</legend>
      <div class="stack export-people">
        {personalModes.map((mode) => (
          <div key={mode}>
            <label class="export-choice">
              <input
                type="radio"
                name="export-people"
                checked={choices.personal === mode}
                data-testid={`people-${mode}`}
                onChange={() => onChange({ ...choices, personal: mode })}
              />
              <span>
                {t(`export_people_${mode}`)}
                <span class="small quiet export-help">{t(`export_people_${mode}_help`)}</span>
              </span>
            </label>
            {mode === 'pseudonyms' && !captured && <KeyLine />}
          </div>
        ))}
        {!captured && (
          <>
            <label class="export-choice">
              <input
                type="checkbox"
                checked={choices.withholdText}
                data-testid="export-withhold"
                onChange={() => onChange({ ...choices, withholdText: !choices.withholdText })}
              />
              <span>
                {t('export_withhold')}
                <span class="small quiet export-help">{t('export_withhold_help')}</span>
              </span>
            </label>
            <label class="export-choice">
              <input
                type="checkbox"
                checked={choices.idsOnly}
                data-testid="export-ids"
                onChange={() => onChange({ ...choices, idsOnly: !choices.idsOnly })}
              />
              <span>
                {t('export_ids')}
                <span class="small quiet export-help">{t('export_ids_help')}</span>
              </span>
            </label>
          </>
        )}
      </div>
    </fieldset>
  );
}

/** The key of the active project, whose pseudonyms these are: in a file of its own, never with the data. */
function KeyLine() {
  const t = useTranslate();
  const projects = useProjects();
  const [said, setSaid] = useState('');
  const [error, setError] = useState<WireError | null>(null);
  const active = projects.value?.[0];
  if (!active) return null;
  const save = async () => {
    setError(null);
    try {
      const { name, text } = await projects.key(active.id);
      saveText(name, text);
      setSaid(t('health_report_saved', name));
    } catch (problem) {
      setError(toAppError(problem).toWire());
    }
  };
  return (
    <div class="export-key small">
      <button
        type="button"
        class="link-button"
        title={t('project_key_help')}
        data-testid="export-key"
        onClick={() => void save()}
      >
        <Icon name="key" /> {t('project_key_save')}
      </button>{' '}
      <span class="quiet user-text" role="status">
        {said}
      </span>
      {error && <ErrorNotice error={error} />}
    </div>
  );
}
