import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows beyond the edges of the window, so that scrolling and tabbing never meet a gap. */
const beyond = 8;

/**
 * Which rows of a long list of equal heights (px) are near the window, for lists that scroll with the page. Own code:
 * the libraries for this are made for React or bring ten times as much.
 */
export function useWindowed(
  count: number,
  rowHeight: number,
): {
  readonly box: RefObject<HTMLUListElement | null>;
  readonly first: number;
  /** Not included. */
  readonly end: number;
} {
  const box = useRef<HTMLUListElement>(null);
  const [range, setRange] = useState({ first: 0, end: 30 });
  const measure = () => {
    const top = box.current?.getBoundingClientRect().top ?? 0;
    const first = Math.max(0, Math.min(count, Math.floor(-top / rowHeight)) - beyond);
    const end = Math.max(first, Math.min(count, Math.ceil((window.innerHeight - top) / rowHeight) + beyond));
    setRange((before) => (before.first === first && before.end === end ? before : { first, end }));
  };
  const latest = useRef(measure);
  latest.current = measure;
  // After each drawing: what stands above the list may have grown.
  useLayoutEffect(measure);
  useEffect(() => {
    const onMove = () => latest.current();
    window.addEventListener('scroll', onMove, { passive: true });
    window.addEventListener('resize', onMove);
    return () => {
      window.removeEventListener('scroll', onMove);
      window.removeEventListener('resize', onMove);
    };
  }, []);
  return { box, ...range };
}
