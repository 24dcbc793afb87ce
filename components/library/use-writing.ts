/** What cells are written with, as the reader has set it. */
import { useMemo } from 'preact/hooks';
import { useProjects, useTimeZone, useTranslate } from '../hooks.tsx';
import { projectName } from '../parts/StorageLine.tsx';
import type { Writing } from './cell-text.ts';

/** The same object for as long as nothing of it changes: rows are drawn again when it does. */
export function useWriting(): Writing {
  const t = useTranslate();
  const zone = useTimeZone();
  const { value } = useProjects();
  const ordered = [...(value ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  const named = JSON.stringify(ordered.map((project) => [project.id, projectName(t, project)]));
  return useMemo(() => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just written so
    const pairs = JSON.parse(named) as [string, string][];
    return { t, zone, projects: new Map(pairs) };
  }, [t, zone, named]);
}
