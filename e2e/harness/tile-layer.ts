/** What e2e/tiles.test.ts puts into a page of its own. */
import styles from '../../components/overlay/tiles.css?inline';

export { createTileLayer } from '../../lib/app/place-tiles.ts';
export { styles };
