/** A pasted list while it is being written: what of it can be read, and where its short links lead. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { RefKey } from '../../../lib/core/ref.ts';
import { type NumberMeaning, readList, type ReadList } from '../../../lib/sites/list-input.ts';
import { type LinkResolving, useResolveLinks } from '../../jobs.ts';
import { withResolved } from './list-text.ts';

/** Typing is waited for so long (ms) before the list is read anew. */
const quietMs = 200;

export interface PastedList {
  readonly text: string;
  /** The file that it came from; null: it was typed or pasted. */
  readonly fileName: string | null;
  readonly setText: (text: string, fileName: string | null) => void;
  /** Null: numbers alone name nothing. */
  readonly numbers: NumberMeaning | null;
  readonly setNumbers: (numbers: NumberMeaning | null) => void;
  readonly setColumn: (column: number | null) => void;
  /** Null while nothing was written. */
  readonly reading: ReadList | null;
  /** What it names, with what its short links lead to; null while it is being written. */
  readonly refs: readonly RefKey[] | null;
  readonly links: LinkResolving;
}

/** The list of the form. */
export function useList(): PastedList {
  const [{ text, fileName }, setContent] = useState<{ text: string; fileName: string | null }>({
    text: '',
    fileName: null,
  });
  const [settled, setSettled] = useState('');
  const [numbers, setNumbers] = useState<NumberMeaning | null>(null);
  const [column, setColumn] = useState<number | null>(null);
  const links = useResolveLinks();
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), quietMs);
    return () => clearTimeout(timer);
  }, [text]);
  const reading = useMemo(
    () => (settled.trim() === '' ? null : readList(settled, { numbers, column })),
    [settled, numbers, column],
  );
  const found = useMemo(() => (reading ? withResolved(reading, links.outcomes) : []), [reading, links.outcomes]);
  return {
    text,
    fileName,
    setText: (next, name) => {
      setContent({ text: next, fileName: name });
      // Another table has other columns.
      if (name !== fileName || next === '') setColumn(null);
    },
    numbers,
    setNumbers,
    setColumn,
    reading,
    refs: settled === text ? found : null,
    links,
  };
}
