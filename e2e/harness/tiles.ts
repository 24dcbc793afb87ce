/** The chips on the tiles of a grid, and which tile each of them stands on. */
import type { Page } from 'playwright-core';

interface DomNode {
  readonly backendNodeId: number;
  readonly nodeName: string;
  readonly nodeValue: string;
  readonly attributes?: readonly string[];
  readonly children?: readonly DomNode[];
  readonly shadowRoots?: readonly DomNode[];
}

const inside = (node: DomNode): readonly DomNode[] => [...(node.shadowRoots ?? []), ...(node.children ?? [])];

function all(node: DomNode, fits: (node: DomNode) => boolean): DomNode[] {
  return [...(fits(node) ? [node] : []), ...inside(node).flatMap((child) => all(child, fits))];
}

function attribute(node: DomNode, name: string): string | null {
  const pairs = node.attributes ?? [];
  const index = pairs.findIndex((text, position) => position % 2 === 0 && text === name);
  return index < 0 ? null : (pairs[index + 1] ?? '');
}

function textOf(node: DomNode): string {
  if (node.nodeName === '#text') return node.nodeValue;
  return inside(node).map(textOf).filter(Boolean).join(' ');
}

/** The words of the chips that can be seen, by the address of the link that each of them lies on. */
export async function tileChips(page: Page): Promise<ReadonlyMap<string, string>> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  const { root } = (await session.send('DOM.getDocument', { depth: -1, pierce: true })) as unknown as { root: DomNode };
  const [host] = all(root, ({ nodeName }) => nodeName.toLowerCase() === 'clipscope-tiles');
  const chips = host ? all(host, (node) => attribute(node, 'data-testid') === 'tile') : [];
  const found = new Map<string, string>();
  for (const chip of chips) {
    if (attribute(chip, 'hidden') !== null) continue;
    const model = await session
      .send('DOM.getBoxModel', { backendNodeId: chip.backendNodeId })
      .then((box) => box.model.border)
      .catch(() => null);
    const [left = 0, top = 0, right = 0, , , bottom = 0] = model ?? [];
    if (!model) continue;
    const address = await page.evaluate(
      ([x, y]) =>
        document
          .elementsFromPoint(x, y)
          .map((element) => element.closest('a[href],[data-aweme-id],[id^="waterfall_item_"]'))
          .map((element) => element?.getAttribute('href') ?? element?.getAttribute('data-aweme-id') ?? element?.id)
          .find((name) => name !== undefined) ?? null,
      [(left + right) / 2, (top + bottom) / 2] as const,
    );
    if (address !== null) found.set(address, textOf(chip));
  }
  await session.detach();
  return found;
}
