import { useSettings, useTranslate } from '../hooks.tsx';
import { Switch } from './basics.tsx';

/** Whether the current item is looked up without a click. */
export function AutomaticLookupSwitch(props: { help: string }) {
  const t = useTranslate();
  const { settings, change } = useSettings();
  return (
    <Switch
      label={t('switch_automatic')}
      help={props.help}
      checked={settings.automaticLookup}
      testid="switch-automatic"
      onChange={(automaticLookup) => change({ automaticLookup })}
    />
  );
}

/** Whether Clipscope rests altogether. */
export function PauseSwitch(props: { help?: string }) {
  const t = useTranslate();
  const { settings, change } = useSettings();
  return (
    <Switch
      label={t('switch_paused')}
      help={props.help}
      checked={settings.paused}
      testid="switch-paused"
      onChange={(paused) => change({ paused })}
    />
  );
}

/** Whether the chip is shown on one site. */
export function OverlaySwitch(props: { site: string; label: string; help?: string; testid: string }) {
  const { settings, change } = useSettings();
  const { overlayOffSites } = settings;
  const off = overlayOffSites.filter((id) => id !== props.site);
  return (
    <Switch
      label={props.label}
      help={props.help}
      checked={!overlayOffSites.includes(props.site)}
      testid={props.testid}
      onChange={(on) => change({ overlayOffSites: on ? off : [...off, props.site] })}
    />
  );
}
