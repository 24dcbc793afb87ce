/**
 * Gives a shadow root its styles; returns what takes them away again. A constructed stylesheet is beyond the reach of
 * the page's CSP. Firefox has none in content scripts (bug 1928865), but exempts their style elements from the CSP.
 */
export function addStyles(root: ShadowRoot, styles: string): () => void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return () => {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  } catch {
    const element = document.createElement('style');
    element.textContent = styles;
    root.append(element);
    return () => element.remove();
  }
}
