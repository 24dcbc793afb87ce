/**
 * Keys of the messages that the overlay needs, none with placeholders; the worker sends them, so that the content
 * script carries no dictionary.
 */
export const overlayWordKeys = [
  'overlay_label',
  'overlay_figures',
  'overlay_look_up',
  'overlay_refresh',
  'overlay_retry',
  'overlay_looking_up',
  'overlay_export',
  'overlay_exporting',
  'overlay_panel',
  'overlay_add_key',
  'overlay_options',
  'overlay_drag',
  'overlay_collapse',
  'overlay_expand',
  'overlay_more',
  'overlay_reset_position',
  'overlay_hide',
  'overlay_turn_off',
  'overlay_bar_label',
  'overlay_bar_collapse',
  'overlay_bar_expand',
  'overlay_bar_export',
  'overlay_bar_save',
  'overlay_bar_saving',
  'overlay_bar_saved',
  'overlay_exported',
  'overlay_failed',
  'just_now',
  'error_nothing_to_export',
  'error_background_stopped',
  'error_storage_full',
] as const;

export type OverlayWordKey = (typeof overlayWordKeys)[number];
