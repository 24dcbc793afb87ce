import { useRef, useState } from 'preact/hooks';
import { platforms, type RefKey } from '../../lib/core/ref.ts';
import type { ImportOptions, ImportOutcome, Progress, Project } from '../../lib/messaging/protocol.ts';
import { useProjects, useTranslate } from '../hooks.tsx';
import { Disclosure, Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';
import { projectName } from '../parts/StorageLine.tsx';
import { BackupPart } from './BackupPart.tsx';
import { countText } from './cell-text.ts';
import { DeletionLog } from './DeletionLog.tsx';
import { useLibrary } from './service.tsx';
import { useAction } from './use-action.ts';
import { useWorkspace } from './workspace.tsx';

/** What comes into the library from files, and how all of it is kept elsewhere. */
export function ImportView() {
  return (
    <div class="report-frame import-view" data-testid="import-view">
      <ImportPart />
      <BackupPart />
      <DeletionLog />
    </div>
  );
}

interface Imported {
  readonly name: string | null;
  readonly outcome: ImportOutcome;
}

type Meaning = NonNullable<ImportOptions['numbers']>;

/** What a list of numbers alone may be of. */
const numberMeanings: readonly Meaning[] = (['post', 'product', 'author'] as const).flatMap((kind) =>
  platforms.map((platform) => ({ platform, kind })),
);

function meaningId({ platform, kind }: Meaning): string {
  return `${platform} ${kind}`;
}

function ImportPart() {
  const t = useTranslate();
  const { service, refresh } = useLibrary();
  const projects = useProjects();
  const [project, setProject] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [numbers, setNumbers] = useState('');
  const [over, setOver] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [working, setWorking] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const action = useAction<readonly Imported[]>();
  const { state } = action;
  const running = state.step === 'running';
  const into = projects.value?.find(({ id }) => id === project) ?? projects.value?.[0];

  const run = (sources: readonly { readonly source: Blob | string; readonly name: string | null }[]) => {
    if (!into || sources.length === 0) return;
    void action.run(async () => {
      const done: Imported[] = [];
      for (const { source, name } of sources) {
        setWorking(name);
        setProgress({ done: 0, total: null });
        done.push({ name, outcome: await service.import(source, options(into.id, name), setProgress) });
      }
      setProgress(null);
      if (done.some(({ outcome }) => outcome.records > 0 || outcome.refs.length > 0)) await refresh(null);
      return done;
    });
  };
  const options = (id: string, name: string | null): ImportOptions => ({
    project: id,
    name,
    numbers: numberMeanings.find((meaning) => meaningId(meaning) === numbers) ?? null,
  });
  const runFiles = (files: FileList | null | undefined) =>
    run([...(files ?? [])].map((file) => ({ source: file, name: file.name })));

  return (
    <section class="card stack" aria-labelledby="import-title" data-testid="import">
      <h2 id="import-title">{t('library_import')}</h2>
      <p class="quiet">{t('library_import_text')}</p>
      <div class="import-into field">
        <label for="import-project">{t('library_import_into')}</label>
        <select
          id="import-project"
          class="input"
          value={into?.id ?? ''}
          data-testid="import-project"
          onChange={(event) => setProject(event.currentTarget.value)}
        >
          {(projects.value ?? []).map((choice: Project) => (
            <option key={choice.id} value={choice.id}>
              {projectName(t, choice)}
            </option>
          ))}
        </select>
      </div>
      <div class="import-into field">
        <label for="import-numbers">{t('library_numbers')}</label>
        <select
          id="import-numbers"
          class="input"
          value={numbers}
          data-testid="import-numbers"
          onChange={(event) => setNumbers(event.currentTarget.value)}
        >
          <option value="">{t('library_numbers_none')}</option>
          {numberMeanings.map((meaning) => (
            <option key={meaningId(meaning)} value={meaningId(meaning)}>
              {t('library_numbers_of', t(`platform_${meaning.platform}`), t(`kinds_${meaning.kind}`))}
            </option>
          ))}
        </select>
      </div>
      <div
        class={over ? 'drop-zone over' : 'drop-zone'}
        data-testid="drop-zone"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (!running) runFiles(event.dataTransfer?.files);
        }}
      >
        <Icon name="upload" />
        <p>{t('library_drop')}</p>
        <button
          type="button"
          class="button"
          disabled={running || !into}
          data-testid="import-choose"
          onClick={() => input.current?.click()}
        >
          {t('library_choose_files')}
        </button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          data-testid="import-file"
          onChange={(event) => {
            runFiles(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <div class="field">
        <label for="import-text">{t('library_paste')}</label>
        <textarea
          id="import-text"
          class="input mono"
          rows={4}
          spellcheck={false}
          value={text}
          placeholder={t('library_paste_placeholder')}
          data-testid="import-text"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <div>
          <button
            type="button"
            class="button primary"
            disabled={running || !into || text.trim() === ''}
            data-testid="import-run"
            onClick={() => {
              run([{ source: text, name: null }]);
              setText('');
            }}
          >
            {t('library_import')}
          </button>
        </div>
      </div>
      {running && <ProgressLine label={working ?? t('library_import_running')} progress={progress} />}
      {state.step === 'failed' && <ErrorNotice error={state.error} />}
      {state.step === 'done' &&
        state.outcome.map(({ name, outcome }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a file may be imported twice
          <Outcome key={index} name={name} outcome={outcome} />
        ))}
    </section>
  );
}

/** Refs of which the first are named. */
const namedRefs = 5;

function Outcome(props: { name: string | null; outcome: ImportOutcome }) {
  const t = useTranslate();
  const { handOver } = useWorkspace();
  const { name, outcome } = props;
  const count = (value: number) => countText(value, t.locale);
  const title = name ?? t('library_import_pasted');
  // What was read before a failure is kept, and told.
  if (outcome.error && outcome.items === 0) {
    return (
      <div class="stack" data-testid="import-outcome">
        <p class="user-text">{title}</p>
        <ErrorNotice error={outcome.error} />
      </div>
    );
  }
  const nothing = outcome.format === null || (outcome.records === 0 && outcome.refs.length === 0);
  const lines = [
    outcome.format !== null && t('library_import_format', formatName(t, outcome.format)),
    t('library_import_items', count(outcome.items)),
    t('library_import_records', count(outcome.records)),
    t('library_import_added', count(outcome.added)),
  ];
  return (
    <div class="stack" data-testid="import-outcome">
      {outcome.error && <ErrorNotice error={outcome.error} />}
      <Notice
        tone={nothing || outcome.problemCount > 0 ? 'warn' : 'good'}
        title={nothing ? t('library_import_nothing', title) : title}
        live
      >
        {outcome.format === null ? (
          <p>{t('library_import_unknown')}</p>
        ) : (
          <p class="number">{lines.filter(Boolean).join(' · ')}</p>
        )}
        {outcome.refs.length > 0 && <ImportedRefs refs={outcome.refs} handOver={handOver} />}
        {outcome.problemCount > 0 && (
          <Disclosure
            summary={<span class="number">{t('library_import_problems', count(outcome.problemCount))}</span>}
            testid="import-problems"
          >
            <table class="plain-table small">
              <thead>
                <tr>
                  <th scope="col" class="end">
                    {t('library_line')}
                  </th>
                  <th scope="col">{t('library_problem')}</th>
                  <th scope="col">{t('library_problem_text')}</th>
                </tr>
              </thead>
              <tbody>
                {outcome.problems.map(({ line, message, parameters, text }, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- a line may have two problems
                  <tr key={index}>
                    <td class="end number">{count(line)}</td>
                    <td>{t(message, ...parameters)}</td>
                    <td class="mono user-text">{text}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Disclosure>
        )}
      </Notice>
    </div>
  );
}

function ImportedRefs(props: {
  refs: readonly RefKey[];
  handOver: (handover: { kind: 'batch'; refs: readonly RefKey[] }) => void;
}) {
  const t = useTranslate();
  const { refs } = props;
  return (
    <div class="stack">
      <p class="number">
        {t('library_import_refs', countText(refs.length, t.locale))}{' '}
        <span class="mono small quiet user-text">
          {refs.slice(0, namedRefs).join(', ')}
          {refs.length > namedRefs && ' …'}
        </span>
      </p>
      <div>
        <button
          type="button"
          class="button compact"
          data-testid="import-look-up"
          onClick={() => props.handOver({ kind: 'batch', refs })}
        >
          <Icon name="search" />
          {t('library_import_look_up')}
        </button>
      </div>
    </div>
  );
}

/** An importer's own words for its format; its id where it has none. */
function formatName(t: ReturnType<typeof useTranslate>, format: string): string {
  const key = `importer_${format.replaceAll('-', '_')}`;
  return t.has(key) ? t(key) : format;
}
