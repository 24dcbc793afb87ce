import { useId, useRef, useState } from 'preact/hooks';
import { useTranslate } from '../../hooks.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { decodeText, isSpreadsheet, largestFile, mostTyped } from './list-text.ts';
import { ListReport } from './ListReport.tsx';
import type { PastedList } from './use-list.ts';

/** A list that is pasted, typed, or dropped as a file, with what is read of it while it is written. */
export function ListInput(props: { list: PastedList; problem: string | undefined }) {
  const t = useTranslate();
  const id = useId();
  const { list } = props;
  const [dragged, setDragged] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const isLong = list.text.length > mostTyped;
  const problem = refused ?? props.problem;

  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if (isSpreadsheet(file.name)) return setRefused(t('job_list_spreadsheet', file.name));
    if (file.size > largestFile) return setRefused(t('job_list_too_large', file.name));
    setRefused(null);
    list.setText(decodeText(new Uint8Array(await file.arrayBuffer())), file.name);
  };

  return (
    <div class="stack">
      {/* Dropping is a shortcut: the button beside it does the same by keyboard. */}
      <div
        class={dragged ? 'field job-drop dragged' : 'field job-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setDragged(true);
        }}
        onDragLeave={() => setDragged(false)}
        onDrop={(event) => {
          event.preventDefault();
          setDragged(false);
          const [file] = event.dataTransfer?.files ?? [];
          const text = event.dataTransfer?.getData('text/plain') ?? '';
          if (file) void take(file);
          else if (text !== '') list.setText(list.text === '' ? text : `${list.text}\n${text}`, null);
        }}
      >
        <div class="row spread">
          <label for={isLong ? undefined : id} class="field-label">
            {t('job_list_label')}
          </label>
          <button
            type="button"
            class="button compact"
            data-testid="job-list-file"
            onClick={() => chooser.current?.click()}
          >
            {t('job_list_file')}
          </button>
          <input
            ref={chooser}
            type="file"
            hidden
            accept=".csv,.tsv,.txt,.xlsx,text/plain,text/csv"
            aria-label={t('job_list_file')}
            data-testid="job-list-chooser"
            onChange={(event) => {
              const input = event.currentTarget;
              void take(input.files?.[0]).then(() => {
                // The same file may be chosen again, after it was mended.
                input.value = '';
              });
            }}
          />
        </div>
        {isLong ? (
          <p class="row job-list-long">
            <Icon name="list" />
            <span class="user-text">
              {t('job_list_long', list.fileName ?? t('job_list_pasted'), megabytes(t.locale, list.text.length))}
            </span>
          </p>
        ) : (
          <textarea
            id={id}
            class="input mono job-list"
            rows={8}
            value={list.text}
            placeholder={t('job_list_placeholder')}
            aria-describedby={`${id}-help${problem ? ` ${id}-problem` : ''}`}
            aria-invalid={problem !== undefined}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            data-testid="job-list"
            data-field="refs"
            onInput={(event) => {
              setRefused(null);
              list.setText(event.currentTarget.value, list.fileName);
            }}
          />
        )}
        <div class="row spread">
          <p class="small quiet" id={`${id}-help`}>
            {list.fileName !== null && !isLong ? t('job_list_from', list.fileName) : t('job_list_help')}
          </p>
          {list.text !== '' && (
            <button
              type="button"
              class="link-button small"
              data-testid="job-list-clear"
              onClick={() => list.setText('', null)}
            >
              {t('job_list_clear')}
            </button>
          )}
        </div>
        {problem && (
          <p class="field-problem" id={`${id}-problem`} role="alert" data-testid="job-problem-refs">
            {problem}
          </p>
        )}
      </div>
      {list.reading && <ListReport list={list} reading={list.reading} />}
    </div>
  );
}

function megabytes(locale: string, characters: number): string {
  const format = { style: 'unit', unit: 'megabyte', unitDisplay: 'short', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, format).format(characters / 1e6);
}
