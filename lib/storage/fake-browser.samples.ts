/**
 * For tests: the storage areas of a browser in memory. Import it before anything that stores settings, which looks for its
 * browser when it is loaded.
 */
import { fakeBrowser } from 'wxt/testing/fake-browser';

Reflect.set(globalThis, 'browser', fakeBrowser);

export { fakeBrowser } from 'wxt/testing/fake-browser';
