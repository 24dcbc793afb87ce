/** Line icons, drawn here so that nothing is fetched. 16 × 16, stroke 1.5. Those that the chip needs: the content script carries no others. */
export const chipIcons = {
  refresh: 'M13.2 6.2A5.5 5.5 0 0 0 3.4 4.9M3.2 2.2v2.9h2.9M2.8 9.8a5.5 5.5 0 0 0 9.8 1.3M12.8 13.8v-2.9H9.9',
  download: 'M8 2.2v7.6M4.9 6.9 8 10l3.1-3.1M2.8 13.2h10.4',
  save: 'M4 2.6h8v10.8L8 10.6l-4 2.8z',
  panel: 'M2.2 3.2h11.6v9.6H2.2zM9.6 3.2v9.6',
  close: 'm4 4 8 8M12 4l-8 8',
  minus: 'M3.5 8h9',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  search: 'M7 2.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8M10.2 10.2l3.4 3.4',
  key: 'M5.4 6.4a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4M7.7 7.4l5.5-5.2M10.8 4.6l2 2',
} as const;

/** Decoration only: whatever carries it names itself in words. */
export function IconShape(props: { path: string; spinning?: boolean | undefined }) {
  return (
    <svg
      class={props.spinning ? 'icon spinning' : 'icon'}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width={props.path === chipIcons.more ? 2 : 1.5}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={props.path} />
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
