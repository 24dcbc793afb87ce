import { useTranslate } from '../hooks.tsx';

/** Where a column is searched by its name or what it says. `onChosen`: Enter was pressed. */
export function ColumnSearch(props: {
  testId: string;
  value: string;
  onInput: (text: string) => void;
  onChosen?: () => void;
}) {
  const t = useTranslate();
  return (
    <input
      class="input"
      type="search"
      value={props.value}
      placeholder={t('library_columns_search')}
      aria-label={t('library_columns_search')}
      data-testid={props.testId}
      onInput={(event) => props.onInput(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') props.onChosen?.();
      }}
    />
  );
}
