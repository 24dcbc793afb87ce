import { useId } from 'preact/hooks';
import type { ExportChoices, TableId } from '../../lib/core/export-choices.ts';
import { exporters } from '../../lib/exporters/index.ts';
import { presets } from '../../lib/exporters/presets/index.ts';
import type { ExportPreview } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Disclosure, Notice } from '../parts/basics.tsx';
import { exporterOf, formatGroups, groupOf, isBarred, isTableChosen, toggleTable } from './choices.ts';
import { CodingPart } from './CodingPart.tsx';
import { ColumnsPart } from './ColumnsPart.tsx';
import type { ExportHost } from './host.ts';
import { PeoplePart } from './PeoplePart.tsx';
import { SamplePart } from './SamplePart.tsx';
import { TimePart } from './TimePart.tsx';

export interface PartProps {
  readonly choices: ExportChoices;
  readonly onChange: (choices: ExportChoices) => void;
}

/** Everything that can be chosen: what is asked for often first, the rest folded away. */
export function ExportOptions(
  props: PartProps & {
    host: ExportHost;
    scope: string;
    preview: ExportPreview | null;
    onScope: (id: string) => void;
    onTable: (table: TableId) => void;
  },
) {
  const t = useTranslate();
  const { choices, preview, onChange } = props;
  const exporter = exporterOf(choices);
  const isSheet = exporter?.form === 'sheet';
  const isCaptured = exporter?.form === 'captured';
  const more = [
    choices.sample && t('export_sample_title'),
    choices.skipExported && t('export_more_skip'),
    isSheet && choices.codes.length > 0 && t('export_coding'),
  ].filter((word) => typeof word === 'string');
  return (
    <div class="stack export-parts">
      <WhatPart {...props} />
      <FormatPart choices={choices} onChange={onChange} />
      {isBarred(choices) && (
        <Notice tone="warn" title={t('export_barred_title')} live testid="export-barred">
          <p>{t('export_barred')}</p>
          <div>
            <button
              type="button"
              class="button compact"
              data-testid="export-include"
              onClick={() => onChange({ ...choices, personal: 'include' })}
            >
              {t('export_include')}
            </button>
          </div>
        </Notice>
      )}
      {isSheet && <PresetPart choices={choices} onChange={onChange} />}
      <PeoplePart choices={choices} onChange={onChange} captured={isCaptured} />
      {preview && <TablesPart choices={choices} preview={preview} onChange={onChange} />}
      {isSheet && choices.preset === 'native' && preview?.table && (
        <ColumnsPart
          choices={choices}
          onChange={onChange}
          table={preview.table}
          preview={preview}
          onTable={props.onTable}
        />
      )}
      <Disclosure
        summary={
          <>
            {t('export_more')} {more.length > 0 && <span class="quiet small">{more.join(t('list_separator'))}</span>}
          </>
        }
        testid="export-more"
      >
        <div class="stack export-parts">
          <label class="export-choice">
            <input
              type="checkbox"
              checked={choices.skipExported}
              data-testid="export-skip"
              onChange={() => onChange({ ...choices, skipExported: !choices.skipExported })}
            />
            <span>
              {t('export_skip')}
              <span class="small quiet export-help number">
                {t('export_skip_help', preview ? new Intl.NumberFormat(t.locale).format(preview.exportedBefore) : '–')}
              </span>
            </span>
          </label>
          <SamplePart choices={choices} onChange={onChange} />
          {isSheet && <CodingPart choices={choices} onChange={onChange} />}
          {exporter?.extension === 'gexf' && <HashtagPart choices={choices} onChange={onChange} />}
          {!isCaptured && <TimePart choices={choices} onChange={onChange} />}
        </div>
      </Disclosure>
    </div>
  );
}

/** What is exported; words only where there is no choice. */
function WhatPart(props: { host: ExportHost; scope: string; onScope: (id: string) => void }) {
  const t = useTranslate();
  const { scopes } = props.host;
  const words = ({ label, count }: (typeof scopes)[number]) =>
    count === null ? label : t('kinds_count', label, new Intl.NumberFormat(t.locale).format(count));
  return (
    <fieldset class="bare export-part">
      <legend>{t('export_what')}</legend>
      <div class="export-scopes">
        {scopes.map((scope) => (
          <label class="export-choice" key={scope.id}>
            <input
              type="radio"
              name="export-scope"
              checked={scope.id === props.scope}
              data-testid={`scope-${scope.id}`}
              onChange={() => props.onScope(scope.id)}
            />
            <span class="number user-text">{words(scope)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function FormatPart(props: PartProps) {
  const t = useTranslate();
  const id = useId();
  const { choices } = props;
  const groups = formatGroups
    .map((group) => [group, exporters.filter((one) => groupOf(one) === group)] as const)
    .filter(([, members]) => members.length > 0);
  const exporter = exporterOf(choices);
  return (
    <div class="field">
      <label for={id}>{t('library_export_format')}</label>
      <select
        id={id}
        class="input"
        value={choices.format}
        aria-describedby={`${id}-help`}
        data-testid="export-format"
        onChange={(event) => props.onChange({ ...choices, format: event.currentTarget.value })}
      >
        {groups.map(([group, members]) => (
          <optgroup key={group} label={t(`export_group_${group}`)}>
            {members.map((one) => (
              <option key={one.id} value={one.id}>
                {t(one.label)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <p class="small quiet" id={`${id}-help`}>
        {exporter && t(exporter.hint)}
        <span class="export-help">
          <span class="mono">.{exporter?.extension}</span>{' '}
          {t(exporter?.holdsAll ? 'export_one_file' : 'export_file_each')}
        </span>
      </p>
    </div>
  );
}

function PresetPart(props: PartProps) {
  const t = useTranslate();
  const id = useId();
  const { choices } = props;
  return (
    <div class="field">
      <label for={id}>{t('export_preset')}</label>
      <select
        id={id}
        class="input"
        value={choices.preset}
        aria-describedby={`${id}-help`}
        data-testid="export-preset"
        onChange={(event) => props.onChange({ ...choices, preset: event.currentTarget.value })}
      >
        {presets.map((preset) => (
          <option key={preset.id} value={preset.id}>
            {t(preset.label)}
          </option>
        ))}
      </select>
      <p class="small quiet" id={`${id}-help`}>
        {t('export_preset_help')}
      </p>
    </div>
  );
}

/** The tables that there are rows for. */
function TablesPart(props: PartProps & { preview: ExportPreview }) {
  const t = useTranslate();
  const { choices, preview } = props;
  const able = exporterOf(choices)?.tables;
  const offered = preview.tables.filter(({ id }) => able?.includes(id) !== false);
  if (offered.length === 0) return null;
  return (
    <fieldset class="bare export-part">
      <legend>{t('export_tables')}</legend>
      <div class="export-tables">
        {offered.map(({ id, things }) => (
          <label class={isLong(id) ? 'export-choice long' : 'export-choice'} key={id}>
            <input
              type="checkbox"
              checked={isTableChosen(choices, id)}
              data-testid={`table-${id}`}
              onChange={() => props.onChange(toggleTable(choices, id))}
            />
            <span class="number">
              {t(`kinds_${id}`)}
              {isLong(id) ? (
                <span class="small quiet export-help">{t(`export_long_${id}`)}</span>
              ) : (
                <span class="quiet"> {new Intl.NumberFormat(t.locale).format(things)}</span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function isLong(id: TableId): boolean {
  return id === 'post_hashtag' || id === 'observation';
}

/** Of a network of hashtags: the one that all posts were found by would tie everything to everything. */
function HashtagPart(props: PartProps) {
  const t = useTranslate();
  const id = useId();
  const { choices } = props;
  return (
    <div class="field">
      <label for={id}>{t('export_hashtag')}</label>
      <input
        id={id}
        class="input"
        maxLength={80}
        value={choices.excludedHashtag ?? ''}
        autocomplete="off"
        aria-describedby={`${id}-help`}
        data-testid="export-hashtag"
        onInput={(event) => {
          const name = event.currentTarget.value.trim().replace(/^[#＃]/u, '');
          props.onChange({ ...choices, excludedHashtag: name === '' ? null : name });
        }}
      />
      <p class="small quiet" id={`${id}-help`}>
        {t('export_hashtag_help')}
      </p>
    </div>
  );
}
