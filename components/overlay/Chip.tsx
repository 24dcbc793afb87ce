import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { AppError } from '../../lib/core/errors.ts';
import type { OverlayWordKey } from '../../lib/messaging/overlay-words.ts';
import type { ChipModel, ExportedFile } from '../../lib/messaging/protocol.ts';
import { Icon, Mark } from '../parts/Icon.tsx';
import type { OverlayActions, OverlayState } from './mount.tsx';
import { clampPosition, placeChip, type Position } from './place-chip.ts';

/** How long the outcome of an action stands in the line. */
const noticeMs = 8_000;

/** How far an arrow key moves the chip. */
const keyStep = 16;
const keySteps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-keyStep, 0],
  ArrowRight: [keyStep, 0],
  ArrowUp: [0, -keyStep],
  ArrowDown: [0, keyStep],
};

/** The chip beside an item: its figures, one line, and what can be done. */
export function Chip(props: OverlayState & { model: ChipModel; actions: OverlayActions }) {
  const { model, setup, actions } = props;
  const say = (key: OverlayWordKey) => setup.words[key] ?? key;
  const { busy, notice, run } = useActions(setup, model.ref);
  const [hiddenRef, setHiddenRef] = useState<string | null>(null);
  const [collapsed, setCollapsed] = useState(false);
  const [menuOpen, setMenuOpen] = useState(false);
  const chip = useRef<HTMLElement>(null);
  const { place, dragHandle } = usePlace(props, chip, `${model.ref} ${collapsed} ${menuOpen}`);

  useEffect(() => setMenuOpen(false), [model.ref]);
  if (hiddenRef === model.ref) return null;

  const style = place ? { left: `${place.left}px`, top: `${place.top}px` } : { visibility: 'hidden' };
  if (collapsed) {
    const first = model.figures.find((figure) => figure.text !== '—') ?? model.figures[0];
    return (
      <section
        ref={chip}
        class="chip pill"
        style={style}
        lang={setup.language.replace('_', '-')}
        aria-label={say('overlay_label')}
        data-testid="chip"
      >
        <button
          type="button"
          class="pill-button"
          title={say('overlay_expand')}
          aria-expanded={false}
          data-testid="chip-expand"
          onClick={() => setCollapsed(false)}
        >
          <Mark />
          <span class="unseen">{say('overlay_expand')}</span>
          {first && (
            <span>
              <span class="label">{first.label}</span> <b>{first.text}</b>
            </span>
          )}
        </button>
      </section>
    );
  }

  const asked = model.status === 'fresh' || model.status === 'stale';
  const looking = busy === 'lookup' || model.status === 'loading';
  const line = notice ?? model.line;
  return (
    <section
      ref={chip}
      class="chip"
      style={style}
      lang={setup.language.replace('_', '-')}
      aria-label={say('overlay_label')}
      data-testid="chip"
      data-status={model.status}
    >
      <header>
        <button
          type="button"
          class="grip"
          title={say('overlay_drag')}
          aria-label={say('overlay_drag')}
          data-testid="chip-drag"
          {...dragHandle}
        >
          <Mark />
          <span class="dots" aria-hidden="true" />
        </button>
        <button
          type="button"
          class="tool"
          title={say('overlay_collapse')}
          aria-label={say('overlay_collapse')}
          aria-expanded={true}
          data-testid="chip-collapse"
          onClick={() => setCollapsed(true)}
        >
          <span class="dash" aria-hidden="true" />
        </button>
        <button
          type="button"
          class="tool"
          title={say('overlay_more')}
          aria-label={say('overlay_more')}
          aria-expanded={menuOpen}
          data-testid="chip-more"
          onClick={() => setMenuOpen(!menuOpen)}
        >
          <Icon name="more" />
        </button>
        <button
          type="button"
          class="tool"
          title={say('overlay_hide')}
          aria-label={say('overlay_hide')}
          data-testid="chip-hide"
          onClick={() => setHiddenRef(model.ref)}
        >
          <Icon name="close" />
        </button>
      </header>
      {menuOpen && (
        <div class="menu" onKeyDown={(event) => event.key === 'Escape' && setMenuOpen(false)}>
          {setup.chipPosition && (
            <button type="button" class="wide" data-testid="chip-reset" onClick={() => actions.move(null)}>
              {say('overlay_reset_position')}
            </button>
          )}
          <button type="button" class="wide" data-testid="chip-off" onClick={actions.turnOff}>
            {say('overlay_turn_off')}
          </button>
        </div>
      )}
      {model.figures.length > 0 && (
        <dl class="figures" aria-label={say('overlay_figures')}>
          {model.figures.slice(0, 5).map((figure) => (
            <div key={figure.label} title={figure.note} class={figure.text === '—' ? 'absent' : undefined}>
              <dt>{figure.label}</dt>
              <dd>
                {figure.text}
                <span class="unseen"> {figure.note}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p class={`line ${model.status}`} role="status" dir="auto" data-testid="chip-line">
        {looking ? say('overlay_looking_up') : line}
      </p>
      <footer>
        {model.status !== 'unsupported' && model.status !== 'no_key' && (
          <button
            type="button"
            class={asked ? 'action' : 'action main'}
            disabled={looking}
            data-testid="chip-lookup"
            onClick={() => run('lookup', () => actions.lookup(asked))}
          >
            <Icon name={asked || looking ? 'refresh' : 'search'} spinning={looking} />
            {say(asked ? 'overlay_refresh' : 'overlay_look_up')}
          </button>
        )}
        <button
          type="button"
          class="action"
          disabled={busy === 'export'}
          data-testid="chip-export"
          onClick={() => run('export', async () => exportedText(setup, await actions.exportPage()))}
        >
          <Icon name="download" />
          {say(busy === 'export' ? 'overlay_exporting' : 'overlay_export')}
        </button>
        {setup.canOpenPanel && (
          <button type="button" class="action" data-testid="chip-panel" onClick={() => run('panel', actions.openPanel)}>
            <Icon name="panel" />
            {say('overlay_panel')}
          </button>
        )}
      </footer>
    </section>
  );
}

type Task = 'lookup' | 'export' | 'panel';

/** Runs one action at a time and tells, in place of the model's line, what came of it. */
function useActions(setup: OverlayState['setup'], ref: string) {
  const [busy, setBusy] = useState<Task | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  useEffect(() => setNotice(null), [ref]);
  useEffect(() => {
    if (notice === null) return undefined;
    const timer = setTimeout(() => setNotice(null), noticeMs);
    return () => clearTimeout(timer);
  }, [notice]);
  const run = (task: Task, action: () => Promise<string | void>) => {
    setBusy(task);
    setNotice(null);
    action()
      .then(
        (text) => setNotice(text ?? null),
        (error: unknown) => setNotice(failureText(setup, error)),
      )
      .finally(() => setBusy(null));
  };
  return { busy, notice, run };
}

function exportedText(setup: OverlayState['setup'], files: readonly ExportedFile[]): string {
  const names = files.map((file) => `${file.name} (${file.rows})`).join(', ');
  return `${setup.words['overlay_exported'] ?? ''} ${names}`;
}

/** The worker's advice where its words were sent along, else the general line: words here have no placeholders. */
function failureText(setup: OverlayState['setup'], error: unknown): string {
  const general = setup.words['overlay_failed'] ?? '';
  if (!(error instanceof AppError)) return general;
  return setup.words[error.details.advice ?? ''] ?? setup.words[`error_${error.code}`] ?? general;
}

/** Where the chip stands now, and the handle that moves it by pointer or arrow keys. */
function usePlace(
  props: OverlayState & { actions: OverlayActions },
  chip: { current: HTMLElement | null },
  shape: string,
) {
  const { setup, anchor, avoid, actions } = props;
  const [place, setPlace] = useState<Position | null>(null);
  const drag = useRef<{ readonly x: number; readonly y: number; readonly from: Position } | null>(null);
  // Where it was just put, until the worker's settings say the same.
  const [held, setHeld] = useState<OverlayState['setup']['chipPosition']>(null);
  useEffect(() => setHeld(null), [setup.chipPosition]);
  const fixed = held ?? setup.chipPosition;

  const measure = () => {
    const size = { width: chip.current?.offsetWidth ?? 0, height: chip.current?.offsetHeight ?? 0 };
    return { size, viewport: { width: document.documentElement.clientWidth || innerWidth, height: innerHeight } };
  };
  const settle = () => {
    if (drag.current || !chip.current) return;
    const { size, viewport } = measure();
    const corner = { left: viewport.width - size.width - 16, top: 88 };
    const wanted = fixed
      ? { left: viewport.width - fixed.right - size.width, top: viewport.height - fixed.bottom - size.height }
      : anchor
        ? placeChip(anchor, viewport, size, avoid)
        : corner;
    const next = clampPosition(wanted, viewport, size);
    setPlace((before) => (before && before.left === next.left && before.top === next.top ? before : next));
  };
  useLayoutEffect(settle);
  useEffect(() => {
    addEventListener('resize', settle);
    return () => removeEventListener('resize', settle);
  }, [shape, fixed, anchor]);

  const moveTo = (wanted: Position) => {
    const { size, viewport } = measure();
    const next = clampPosition(wanted, viewport, size);
    setPlace(next);
    return { right: viewport.width - next.left - size.width, bottom: viewport.height - next.top - size.height };
  };
  const finish = (event: PointerEvent) => {
    const start = drag.current;
    drag.current = null;
    if (!start || (event.clientX === start.x && event.clientY === start.y)) return;
    const position = moveTo({
      left: start.from.left + event.clientX - start.x,
      top: start.from.top + event.clientY - start.y,
    });
    setHeld(position);
    actions.move(position);
  };
  const dragHandle = {
    onPointerDown: (event: PointerEvent & { readonly currentTarget: HTMLElement }) => {
      if (!place || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: event.clientX, y: event.clientY, from: place };
    },
    onPointerMove: (event: PointerEvent) => {
      const start = drag.current;
      if (start)
        moveTo({ left: start.from.left + event.clientX - start.x, top: start.from.top + event.clientY - start.y });
    },
    onPointerUp: finish,
    onPointerCancel: finish,
    onKeyDown: (event: KeyboardEvent) => {
      const step = keySteps[event.key];
      if (!step || !place) return;
      event.preventDefault();
      const position = moveTo({ left: place.left + step[0], top: place.top + step[1] });
      setHeld(position);
      actions.move(position);
    },
  };
  return { place, dragHandle };
}
