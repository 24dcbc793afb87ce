import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { platforms } from '../../lib/core/ref.ts';
import { type Availability, pageTypes, precisionOrder, type RecordType } from '../../lib/core/record.ts';
import type { LibraryColumn, LibraryFacts, LibraryFilter } from '../../lib/messaging/protocol.ts';
import { useTimeZone, useTranslate } from '../hooks.tsx';
import { zoneName } from '../show.ts';
import { columnHelp, columnLabel } from './column-words.ts';
import { type Bound, boundText, filterManner, parseBound, type Units } from './filter-input.ts';
import { filterValueText } from './filter-words.ts';
import { useLibrary } from './service.tsx';

interface EditorProps {
  readonly type: RecordType;
  readonly column: LibraryColumn;
  /** What is to be changed; null: a new one. */
  readonly filter: LibraryFilter | null;
  /** The currency that the query is about. */
  readonly currency: string | null;
  /** In the place of all filters on their columns. */
  readonly onFilters: (filters: readonly LibraryFilter[]) => void;
}

/** The condition on one column, in the units that its values have. */
export function FilterEditor(props: EditorProps) {
  const t = useTranslate();
  const { column, filter } = props;
  const manner = filterManner(column);
  const isPresence = filter?.kind === 'missing';
  const box = useRef<HTMLDivElement>(null);
  // It takes the place of the list that the column was chosen from, and of the focus with it.
  useEffect(() => box.current?.querySelector<HTMLElement>('[data-autofocus], input, select, button')?.focus(), []);
  const present = (missing: boolean) => props.onFilters([{ kind: 'missing', column: column.name, missing }]);
  return (
    <div ref={box} class="stack filter-editor" data-testid="filter-editor">
      <p class="field-label" title={columnHelp(t, column)}>
        {columnLabel(t, column, props.type)}
      </p>
      <p class="small quiet">{column.description[t.language]}</p>
      {manner === 'range' && <RangeEditor {...props} />}
      {manner === 'choice' && <ChoiceEditor {...props} />}
      {manner === 'text' && <TextEditor {...props} />}
      {manner === 'flag' && <FlagEditor {...props} />}
      <div class="row tight filter-presence" role="group" aria-label={t('library_filter_presence')}>
        {[false, true].map((missing) => (
          <button
            key={String(missing)}
            type="button"
            class="button compact plain"
            aria-pressed={isPresence && filter.missing === missing}
            data-testid={missing ? 'filter-missing' : 'filter-present'}
            onClick={() => present(missing)}
          >
            {t(missing ? 'library_filter_only_missing' : 'library_filter_only_present')}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Currencies that the platforms sell in, the commonest first; others can be typed. */
const currencies = ['CNY', 'USD', 'GBP', 'EUR', 'VND', 'THB', 'MYR', 'SGD', 'PHP', 'IDR', 'JPY', 'BRL', 'MXN'];

function RangeEditor(props: EditorProps) {
  const t = useTranslate();
  const zone = useTimeZone();
  const id = useId();
  const { column, filter, onFilters } = props;
  const isMoney = column.type === 'money';
  const [currency, setCurrency] = useState(props.currency ?? (isMoney ? 'CNY' : null));
  const units: Units = { zone, currency };
  const given = filter?.kind === 'between' ? filter : null;
  const [typed, setTyped] = useState<{ readonly [B in Bound]: string }>({
    from: boundText(column.type, given?.from ?? null, units),
    to: boundText(column.type, given?.to ?? null, units),
  });
  const [checked, setChecked] = useState(false);
  const from = parseBound(column.type, typed.from, 'from', units);
  const to = parseBound(column.type, typed.to, 'to', units);
  const reversed = typeof from === 'number' && typeof to === 'number' && from > to;
  const apply = () => {
    setChecked(true);
    if (from === undefined || to === undefined || reversed) return;
    if (from === null && to === null) return onFilters([]);
    const filters: LibraryFilter[] = [{ kind: 'between', column: column.name, from, to }];
    // Amounts of different currencies are no amounts of one: the range is of one of them.
    if (isMoney && currency) filters.unshift({ kind: 'one_of', column: 'currency', values: [currency] });
    onFilters(filters);
  };
  const field = (bound: Bound) => {
    const common = {
      id: `${id}-${bound}`,
      class: 'input number',
      value: typed[bound],
      'data-autofocus': bound === 'from' ? true : undefined,
      'aria-invalid': checked && parseBound(column.type, typed[bound], bound, units) === undefined,
      'data-testid': `range-${bound}`,
      onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
        setTyped({ ...typed, [bound]: event.currentTarget.value }),
    };
    return (
      <div class="field" key={bound}>
        <label for={common.id}>{t(`library_range_${bound}`)}</label>
        {column.type === 'time' ? (
          <input {...common} type="date" />
        ) : (
          <input {...common} type="text" autocomplete="off" placeholder={placeholders[column.type]} />
        )}
      </div>
    );
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      {isMoney && (
        <div class="field">
          <label for={`${id}-currency`}>{t('library_currency')}</label>
          <select
            id={`${id}-currency`}
            class="input"
            value={currency ?? ''}
            data-testid="range-currency"
            onChange={(event) => setCurrency(event.currentTarget.value || null)}
          >
            {[...new Set([...currencies, ...(props.currency ? [props.currency] : [])])].map((code) => (
              <option key={code} value={code}>
                {code}
              </option>
            ))}
          </select>
        </div>
      )}
      <div class="range-fields">
        {field('from')}
        {field('to')}
      </div>
      <p class="small quiet">{t(`library_range_help_${column.type}`, zoneName(t, zone))}</p>
      {checked && (from === undefined || to === undefined || reversed) && (
        <p class="field-problem" role="alert">
          {t(reversed ? 'library_range_reversed' : 'library_range_problem')}
        </p>
      )}
      <Apply />
    </form>
  );
}

const placeholders: Partial<Record<LibraryColumn['type'], string>> = {
  duration: '0:30',
  integer: '1,000',
  number: '0.05',
  money: '9.90',
};

function Apply() {
  const t = useTranslate();
  return (
    <div>
      <button type="submit" class="button primary compact" data-testid="filter-apply">
        {t('library_filter_apply')}
      </button>
    </div>
  );
}

function TextEditor(props: EditorProps) {
  const t = useTranslate();
  const { column, filter, onFilters } = props;
  const [text, setText] = useState(filter?.kind === 'contains' ? filter.text : '');
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const words = text.trim();
        onFilters(words === '' ? [] : [{ kind: 'contains', column: column.name, text: words }]);
      }}
    >
      <input
        class="input"
        data-autofocus
        value={text}
        placeholder={t('library_contains')}
        aria-label={t('library_contains')}
        data-testid="filter-text"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Apply />
    </form>
  );
}

function FlagEditor(props: EditorProps) {
  const t = useTranslate();
  const { column, filter, onFilters } = props;
  const chosen = filter?.kind === 'one_of' ? filter.values : [];
  return (
    <div class="row tight" role="group" aria-label={columnLabel(t, column, props.type)}>
      {['true', 'false'].map((value) => (
        <button
          key={value}
          type="button"
          class="button compact"
          aria-pressed={chosen.includes(value)}
          data-testid={`flag-${value}`}
          onClick={() => onFilters([{ kind: 'one_of', column: column.name, values: [value] }])}
        >
          {t(value === 'true' ? 'yes' : 'no')}
        </button>
      ))}
    </div>
  );
}

const availabilities: readonly Availability[] = [
  'ok',
  'removed',
  'private',
  'region_blocked',
  'login_wall',
  'captcha',
  'not_available',
  'unknown',
];

/** Values that a column can have, where that is a closed list or the library has counted them. */
function knownValues(name: string, facts: LibraryFacts | null): readonly string[] {
  const closed: Readonly<Record<string, readonly string[]>> = {
    platform: facts?.platforms.length ? facts.platforms : platforms,
    sources: facts?.sources ?? [],
    source: facts?.sources ?? [],
    api_provider: (facts?.sources ?? []).filter((source) => source !== 'page'),
    category_l1: facts?.categories ?? [],
    tags: facts?.tags ?? [],
    availability: availabilities,
    post_type: ['video', 'photo', 'live', 'story', 'unknown'],
    listing_status: ['on_sale', 'off_sale', 'deleted', 'unknown'],
    collected_via: ['page_json', 'page_xhr', 'dom', 'api', 'import'],
    counts_precision: precisionOrder,
    sold_count_precision: precisionOrder,
    query_type: pageTypes,
    currency: currencies,
    status: ['live', 'ended'],
    sold_window: ['lifetime', 'month'],
    transcript_kind: ['asr', 'ocr'],
  };
  return closed[name] ?? [];
}

/** Suggestions that are asked for when the editor opens: the commonest hashtags. */
function useSuggestions(name: string): readonly string[] {
  const { service, facts } = useLibrary();
  const [found, setFound] = useState<readonly string[]>([]);
  useEffect(() => {
    if (name !== 'hashtags' || !facts) return;
    let current = true;
    service.hashtags({ type: 'post', project: null, text: '', filters: [], sort: null }).then(
      (report) => current && setFound(report.rows.slice(0, 200).map((row) => row.name)),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [service, facts, name]);
  return name === 'hashtags' ? found : knownValues(name, facts);
}

/** Suggestions shown at once. */
const mostShown = 40;

function ChoiceEditor(props: EditorProps) {
  const t = useTranslate();
  const { column, filter, onFilters } = props;
  const suggestions = useSuggestions(column.name);
  const [values, setValues] = useState<readonly string[]>(filter?.kind === 'one_of' ? filter.values : []);
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const wanted = text.trim().toLowerCase();
  const word = (value: string) => filterValueText(t, column.name, column, value);
  const offered = [...new Set([...values, ...suggestions])].filter(
    (value) => wanted === '' || word(value).toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted),
  );
  const toggle = (value: string) =>
    setValues(values.includes(value) ? values.filter((other) => other !== value) : [...values, value]);
  const typed = text.trim().replace(/^[#@]/u, '');
  const isFree = typed !== '' && !offered.some((value) => value.toLowerCase() === typed.toLowerCase());
  const withTyped = typed !== '' && isFree ? [...values, typed] : values;
  const canType =
    suggestions.length === 0 || suggestions.length > 8 || !/^(?:platform|availability|post_type)$/u.test(column.name);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onFilters(withTyped.length === 0 ? [] : [{ kind: 'one_of', column: column.name, values: withTyped }]);
      }}
    >
      {canType && (
        <input
          ref={input}
          class="input"
          value={text}
          placeholder={t(suggestions.length > 0 ? 'library_choice_search' : 'library_choice_type')}
          aria-label={t(suggestions.length > 0 ? 'library_choice_search' : 'library_choice_type')}
          data-testid="choice-text"
          onInput={(event) => setText(event.currentTarget.value)}
        />
      )}
      {isFree && canType && (
        <button
          type="button"
          class="button compact choice-add"
          data-testid="choice-add"
          onClick={() => {
            setValues([...values, typed]);
            setText('');
            input.current?.focus();
          }}
        >
          {t('library_choice_add', typed)}
        </button>
      )}
      {offered.length > 0 && (
        <ul class="choices">
          {offered.slice(0, mostShown).map((value) => (
            <li key={value}>
              <label class="choice">
                <input
                  type="checkbox"
                  checked={values.includes(value)}
                  data-testid={`choice-${value}`}
                  onChange={() => toggle(value)}
                />
                <span class="user-text">{word(value)}</span>
              </label>
            </li>
          ))}
        </ul>
      )}
      <Apply />
    </form>
  );
}
