import { useEffect, useRef, useState } from 'preact/hooks';
import { formatAge } from '../../lib/analysis/format.ts';
import type { OverlayActions, OverlayState } from '../../lib/messaging/overlay.ts';
import type { OverlayWordKey } from '../../lib/messaging/overlay-words.ts';
import type { ChipModel } from '../../lib/messaging/protocol.ts';
import { chipIcons, IconShape, Mark } from '../parts/IconShape.tsx';
import { exportedText, type Task, useActions } from './use-actions.ts';
import { usePlace } from './use-place.ts';

const minuteMs = 60_000;

/** The chip beside an item: what it is, its figures, one line, and what can be done. */
export function Chip(props: OverlayState & { model: ChipModel; actions: OverlayActions }) {
  const { model, setup, actions } = props;
  const say = (key: OverlayWordKey) => setup.words[key] ?? key;
  const { busy, notice, run } = useActions(setup, model.ref);
  const [hiddenRef, setHiddenRef] = useState<string | null>(null);
  const [collapsed, setCollapsed] = useState(false);
  const [menuOpen, setMenuOpen] = useState(false);
  const chip = useRef<HTMLElement>(null);
  const { place, moving, dragHandle } = usePlace(props, chip, model.ref);

  useEffect(() => setMenuOpen(false), [model.ref]);
  const toggled = useRef(false);
  // The pressed button is gone; its counterpart takes the focus over.
  useEffect(() => {
    if (toggled.current) chip.current?.querySelector<HTMLElement>('[aria-expanded]')?.focus({ preventScroll: true });
    toggled.current = false;
  }, [collapsed]);
  if (hiddenRef === model.ref) return null;

  const toggle = (small: boolean) => {
    toggled.current = true;
    setCollapsed(small);
  };
  const frame = {
    ref: chip,
    style: place ? { left: `${place.left}px`, top: `${place.top}px` } : { visibility: 'hidden' },
    lang: setup.language.replace('_', '-'),
    'aria-label': [say('overlay_label'), model.title, model.subtitle].filter(Boolean).join(' · '),
    'data-testid': 'chip',
    'data-status': model.status,
  };
  if (collapsed) {
    const first = model.figures.find((figure) => figure.text !== '—') ?? model.figures[0];
    return (
      <section {...frame} class="chip pill">
        <button
          type="button"
          class="pill-button"
          title={say('overlay_expand')}
          aria-expanded={false}
          data-testid="chip-expand"
          onClick={() => toggle(false)}
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

  const looking = busy === 'lookup' || model.status === 'loading';
  const lookup = lookupAction(model, looking);
  const line = looking ? say('overlay_looking_up') : (notice ?? model.line);
  const tool = (
    testid: string,
    name: OverlayWordKey,
    icon: keyof typeof chipIcons,
    onClick: () => void,
    expanded?: boolean,
  ) => (
    <button
      type="button"
      class="tool"
      title={say(name)}
      aria-label={say(name)}
      aria-expanded={expanded}
      data-testid={testid}
      onClick={onClick}
    >
      <IconShape path={chipIcons[icon]} />
    </button>
  );
  const action = (
    testid: string,
    label: OverlayWordKey,
    icon: keyof typeof chipIcons,
    task: Task,
    work: Parameters<typeof run>[1],
  ) => (
    <button type="button" class="action" disabled={busy === task} data-testid={testid} onClick={() => run(task, work)}>
      <IconShape path={chipIcons[icon]} />
      {say(label)}
    </button>
  );
  return (
    <section
      {...frame}
      class={moving ? 'chip moving' : 'chip'}
      onKeyDown={(event) => event.key === 'Escape' && setMenuOpen(false)}
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
          <span class="what" aria-hidden="true">
            <b>{model.title}</b> <bdi>{model.subtitle}</bdi>
          </span>
        </button>
        {tool('chip-collapse', 'overlay_collapse', 'minus', () => toggle(true), true)}
        {tool('chip-more', 'overlay_more', 'more', () => setMenuOpen(!menuOpen), menuOpen)}
        {tool('chip-hide', 'overlay_hide', 'close', () => setHiddenRef(model.ref))}
      </header>
      {menuOpen && (
        <div class="menu">
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
        <dl class={model.figures.some(isLong) ? 'figures dense' : 'figures'} aria-label={say('overlay_figures')}>
          {model.figures.map((figure) => (
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
      <p class={notice ? 'line' : `line ${model.status}`} role="status" dir="auto" data-testid="chip-line">
        {line}
      </p>
      {model.source && !notice && !looking && (
        <p class="line source">
          {model.source.text} · <Age at={model.source.at} setup={setup} />
        </p>
      )}
      <footer>
        {lookup && (
          <button
            type="button"
            class={lookup.main ? 'action main' : 'action'}
            disabled={looking}
            data-testid="chip-lookup"
            onClick={() => run('lookup', () => actions.lookup(lookup.refresh))}
          >
            <IconShape path={lookup.main ? chipIcons.search : chipIcons.refresh} spinning={looking} />
            {say(lookup.label)}
          </button>
        )}
        {model.toOptions && (
          <button
            type="button"
            class={model.source ? 'action' : 'action main'}
            data-testid="chip-options"
            onClick={() => run('options', actions.openOptions)}
          >
            <IconShape path={chipIcons.key} />
            {say(model.status === 'no_key' ? 'overlay_add_key' : 'overlay_options')}
          </button>
        )}
        {action(
          'chip-export',
          busy === 'export' ? 'overlay_exporting' : 'overlay_export',
          'download',
          'export',
          async () => exportedText(setup, await actions.exportPage()),
        )}
        {setup.canOpenPanel && action('chip-panel', 'overlay_panel', 'panel', 'panel', actions.openPanel)}
      </footer>
    </section>
  );
}

/** Three such figures do not fit beside each other in full size: 12,345,678. */
function isLong({ text }: ChipModel['figures'][number]): boolean {
  return text.length > 9 && /^[≥≈]?[\d,]+$/u.test(text);
}

/** What the first button does; null where there is nothing to be looked up, or only the options help. */
function lookupAction(model: ChipModel, looking: boolean) {
  const { status } = model;
  if (status === 'unsupported' || status === 'no_key' || (status === 'error' && model.toOptions)) return null;
  if (status === 'error') return { label: 'overlay_retry', refresh: true, main: false } as const;
  // What the page itself says is no answer of a provider yet.
  const asked = status === 'fresh' || status === 'stale' || (status === 'loading' && model.source !== undefined);
  return asked
    ? ({ label: 'overlay_refresh', refresh: true, main: false } as const)
    : ({ label: 'overlay_look_up', refresh: false, main: !looking } as const);
}

/** "3 min. ago", told anew while the chip stands. */
function Age(props: { at: number; setup: OverlayState['setup'] }) {
  const { at, setup } = props;
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), minuteMs / 2);
    return () => clearInterval(timer);
  }, [at]);
  const age =
    now - at < minuteMs ? setup.words['just_now'] : formatAge(at, now, setup.language === 'zh_CN' ? 'zh-CN' : 'en');
  return <>{age}</>;
}
