import { chipIcons, IconShape } from './IconShape.tsx';

export { Mark } from './IconShape.tsx';

const paths = {
  ...chipIcons,
  copy: 'M5.6 5.6h7.6v7.6H5.6zM10.4 5.2V2.8H2.8v7.6h2.4',
  external: 'M6.4 3.2H2.8v10h10V9.6M9.2 2.8h4v4M13 3 7.6 8.4',
  check: 'm3 8.6 3.2 3.2L13 4.8',
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
  record: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M8 6.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2',
  save: 'M3.4 2.6h9.2v10.8L8 10.2l-4.6 3.2z',
  video: 'M2.2 3.6h11.6v8.8H2.2zM6.6 6v4l3.2-2z',
  live: 'M8 6.6a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8M4.8 4.8a4.5 4.5 0 0 0 0 6.4M11.2 4.8a4.5 4.5 0 0 1 0 6.4',
  product: 'M3 5.2h10l.8 8.2H2.2zM5.6 7V4.6a2.4 2.4 0 0 1 4.8 0V7',
  post: 'M3.4 2.2h9.2v11.6H3.4zM5.8 5.4h4.4M5.8 8h4.4M5.8 10.6h2.4',
  heart: 'M8 13.2 2.9 8.1a3.1 3.1 0 0 1 4.4-4.4l.7.7.7-.7a3.1 3.1 0 0 1 4.4 4.4z',
  comment: 'M2.4 3.2h11.2v7.6H7.4L4.6 13v-2.2H2.4z',
  share: 'M9.4 3.2 13.6 7l-4.2 3.8V8.6C6 8.6 4 9.8 2.6 12.4c.2-4 2.6-6.8 6.8-7z',
  descending: 'M4.6 2.8v10M2.2 10.4l2.4 2.4L7 10.4M9.2 4h4.6M9.2 7.4h3.2M9.2 10.8h1.8',
  ascending: 'M4.6 13.2v-10M2.2 5.6l2.4-2.4L7 5.6M9.2 12h4.6M9.2 8.6h3.2M9.2 5.2h1.8',
  grip: 'M6 3.6h.01M10 3.6h.01M6 8h.01M10 8h.01M6 12.4h.01M10 12.4h.01',
  up: 'm3.6 10 4.4-4.4L12.4 10',
  down: 'M3.6 6 8 10.4 12.4 6',
  stop: 'M4 4h8v8H4z',
  list: 'M5.6 4h8M5.6 8h8M5.6 12h8M2.4 4h.01M2.4 8h.01M2.4 12h.01',
  differs: 'M3 6h10M3 10h10M10.4 2.8 5.6 13.2',
} as const;

export type IconName = keyof typeof paths;

/** A line icon by its name. */
export function Icon(props: { name: IconName; spinning?: boolean }) {
  return <IconShape path={paths[props.name]} spinning={props.spinning} />;
}
