import { defineWebExtConfig } from 'wxt';

// scripts/dev.mjs opens the browser itself, on the sandbox.
export default defineWebExtConfig({ disabled: true });
