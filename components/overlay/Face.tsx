import { useMemo, useRef, useState } from 'preact/hooks';
import type { OverlayActions, OverlayState } from '../../lib/messaging/overlay.ts';
import { Chip } from './Chip.tsx';
import { PageBar } from './PageBar.tsx';

/** The corner that the whole bar takes, and the narrowest window that has room for it (CSS px). */
const barRoom = { width: 300, height: 140, least: 640 } as const;

/** Everything that is shown over a page: the bar about all of it, and the chip about the current item. */
export function Face(props: OverlayState & { actions: OverlayActions }) {
  const { model, bar, setup, actions } = props;
  const barElement = useRef<HTMLElement>(null);
  // Kept here: the bar goes away on pages where nothing is found. Null: nobody chose.
  const [chosen, setSmall] = useState<boolean | null>(null);
  const small = chosen ?? isCrowded(props);
  const covered = model && barElement.current ? [barElement.current.getBoundingClientRect()] : [];
  // The chip is drawn anew in every frame of a scroll; the bar stands still.
  const pageBar = useMemo(
    () =>
      bar &&
      bar.found > 0 && (
        <PageBar bar={bar} setup={setup} actions={actions} small={small} onSmall={setSmall} element={barElement} />
      ),
    [bar, setup, actions, small],
  );
  return (
    <>
      {pageBar}
      {model && <Chip {...props} model={model} avoid={[...props.avoid, ...covered]} />}
    </>
  );
}

/** Whether the corner belongs to a player, or the window is small: then the bar begins as a pill. */
function isCrowded({ anchor, viewport }: OverlayState): boolean {
  if (viewport.width < barRoom.least) return true;
  return anchor !== null && anchor.left < barRoom.width && anchor.bottom > viewport.height - barRoom.height;
}
