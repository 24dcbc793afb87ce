import { load, need, transportOf } from './dom.ts';

/** A page whose content stands in it already: it asks once for its own JSON, as live pages and searches do. */

const subject = need('[data-list]');
await load(subject.dataset['list'] ?? '', transportOf(subject.dataset['transport']));
