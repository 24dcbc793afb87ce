import { useMemo } from 'preact/hooks';

/** UTC and the IANA zones by their first part, as options of a select: four hundred in one list are hard to find one's way in. */
export function ZoneOptions() {
  const zones = useMemo(zonesByArea, []);
  return (
    <>
      <option value="UTC">UTC</option>
      {zones.map(([area, names]) => (
        <optgroup key={area} label={area}>
          {names.map((name) => (
            <option key={name} value={name}>
              {name.replaceAll('_', ' ')}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}

function zonesByArea(): [string, string[]][] {
  const areas = new Map<string, string[]>();
  for (const name of Intl.supportedValuesOf('timeZone')) {
    const area = name.split('/', 1)[0] ?? name;
    if (name !== 'UTC') areas.set(area, [...(areas.get(area) ?? []), name]);
  }
  return [...areas];
}
