import { useEffect, useRef } from 'preact/hooks';
import type { OverlayActions, OverlayState } from '../../lib/messaging/overlay.ts';
import type { OverlayWordKey } from '../../lib/messaging/overlay-words.ts';
import type { BarModel } from '../../lib/messaging/protocol.ts';
import { chipIcons, IconShape, Mark } from '../parts/IconShape.tsx';
import { exportedText, useActions } from './use-actions.ts';

/** What was found on the page, whether it is kept, and what can be done with all of it. */
export function PageBar(props: {
  bar: BarModel;
  setup: OverlayState['setup'];
  actions: OverlayActions;
  small: boolean;
  onSmall: (small: boolean) => void;
  element: { current: HTMLElement | null };
}) {
  const { bar, setup, actions, small, onSmall, element } = props;
  const say = (key: OverlayWordKey) => setup.words[key] ?? key;
  const { busy, notice, run } = useActions(setup, setup.language);
  const toggled = useRef(false);
  // The pressed button is gone; its counterpart takes the focus over.
  useEffect(() => {
    if (toggled.current) element.current?.querySelector<HTMLElement>('[aria-expanded]')?.focus({ preventScroll: true });
    toggled.current = false;
  }, [small]);
  const toggle = (next: boolean) => {
    toggled.current = true;
    onSmall(next);
  };
  const frame = {
    ref: element,
    lang: setup.language.replace('_', '-'),
    'aria-label': say('overlay_bar_label'),
    'data-testid': 'bar',
  };
  const dot = <span class={bar.recording ? 'dot recording' : 'dot'} aria-hidden="true" />;
  if (small) {
    return (
      <section {...frame} class="chip bar pill">
        <button
          type="button"
          class="pill-button"
          title={`${say('overlay_bar_expand')} · ${bar.storage}`}
          aria-expanded={false}
          data-testid="bar-expand"
          onClick={() => toggle(false)}
        >
          <Mark />
          <span class="unseen">{say('overlay_bar_expand')}</span>
          <b>
            {bar.withData}/{bar.found}
          </b>
          {dot}
          <span class="unseen">{bar.storage}</span>
        </button>
      </section>
    );
  }
  return (
    <section {...frame} class="chip bar">
      <header>
        <Mark />
        <p class="line summary" role="status" data-testid="bar-text">
          {notice ?? bar.text}
        </p>
        <button
          type="button"
          class="tool"
          title={say('overlay_bar_collapse')}
          aria-label={say('overlay_bar_collapse')}
          aria-expanded={true}
          data-testid="bar-collapse"
          onClick={() => toggle(true)}
        >
          <IconShape path={chipIcons.minus} />
        </button>
      </header>
      <p class="line source" data-testid="bar-storage">
        {dot} {bar.storage}
      </p>
      <footer>
        <button
          type="button"
          class="action"
          disabled={busy === 'export'}
          data-testid="bar-export"
          onClick={() => run('export', async () => exportedText(setup, await actions.exportPage()))}
        >
          <IconShape path={chipIcons.download} />
          {say(busy === 'export' ? 'overlay_exporting' : 'overlay_bar_export')}
        </button>
        <button
          type="button"
          class="action"
          disabled={!bar.canSave || busy === 'save'}
          data-testid="bar-save"
          onClick={() => run('save', async () => `${say('overlay_bar_saved')} ${await actions.savePage()}`)}
        >
          <IconShape path={chipIcons.save} />
          {say(busy === 'save' ? 'overlay_bar_saving' : 'overlay_bar_save')}
        </button>
      </footer>
    </section>
  );
}
