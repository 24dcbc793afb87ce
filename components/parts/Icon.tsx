/** Line icons, drawn here so that nothing is fetched. 16 × 16, stroke 1.5. */
const paths = {
  refresh: 'M13.2 6.2A5.5 5.5 0 0 0 3.4 4.9M3.2 2.2v2.9h2.9M2.8 9.8a5.5 5.5 0 0 0 9.8 1.3M12.8 13.8v-2.9H9.9',
  download: 'M8 2.2v7.6M4.9 6.9 8 10l3.1-3.1M2.8 13.2h10.4',
  panel: 'M2.2 3.2h11.6v9.6H2.2zM9.6 3.2v9.6',
  close: 'm4 4 8 8M12 4l-8 8',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  copy: 'M5.6 5.6h7.6v7.6H5.6zM10.4 5.2V2.8H2.8v7.6h2.4',
  external: 'M6.4 3.2H2.8v10h10V9.6M9.2 2.8h4v4M13 3 7.6 8.4',
  check: 'm3 8.6 3.2 3.2L13 4.8',
  search: 'M7 2.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8M10.2 10.2l3.4 3.4',
  key: 'M5.4 6.4a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4M7.7 7.4l5.5-5.2M10.8 4.6l2 2',
  pause: 'M5.4 3.2v9.6M10.6 3.2v9.6',
  play: 'M4.6 2.9v10.2L13 8z',
  chevron: 'm6 3.6 4.4 4.4L6 12.4',
  alert: 'M8 2.4 14.2 13H1.8zM8 6.4v3M8 11.2h.01',
  info: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M8 7.4v3.4M8 5.2h.01',
  image: 'M2.2 3.2h11.6v9.6H2.2zM2.6 11l3.3-3.4 2.6 2.6 1.8-1.8 3 3M10.6 6.2h.01',
  settings:
    'M2.4 4.6h5.4M11.4 4.6h2.2M9.6 2.8a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6M2.4 11.4h2.2M8.2 11.4h5.4M6.4 9.6a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6',
  eye: 'M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8M8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6',
  clock: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M8 4.8V8l2.2 1.6',
  music:
    'M6 11.4V3.6l7-1.4v7.6M4.2 9.6a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6M11.2 8a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6',
} as const;

export type IconName = keyof typeof paths;

/** Decoration only: whatever carries it names itself in words. */
export function Icon(props: { name: IconName; spinning?: boolean }) {
  return (
    <svg
      class={props.spinning ? 'icon spinning' : 'icon'}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width={props.name === 'more' ? 2 : 1.5}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[props.name]} />
    </svg>
  );
}

/** The mark of Clipscope: a scope's reticle around a play sign. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0a675f" />
      <g fill="none" stroke="#ffffff" stroke-width="2.4" stroke-linecap="round">
        <circle cx="16" cy="16" r="8.2" />
        <path d="M16 4.4v3.2M16 24.4v3.2M4.4 16h3.2M24.4 16h3.2" />
      </g>
      <path d="M13.7 12.2v7.6l6.2-3.8z" fill="#8ff0e0" stroke="#8ff0e0" stroke-width="1.4" stroke-linejoin="round" />
    </svg>
  );
}
