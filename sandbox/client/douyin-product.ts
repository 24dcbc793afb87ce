/** The page of a product: it asks for its data by POST, as the real one does. */

const id = document.querySelector<HTMLElement>('[data-product]')?.dataset['product'] ?? '';
// The merchants' pages ask for other things, which nobody has published.
for (const path of location.hostname.startsWith('haohuo.') ? ['h5', 'detail'] : []) {
  await fetch(`/aweme/v2/shop/promotion/pack/${path}/?product_id=${id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `ui_params=%7B%7D&promotion_ids=${id}`,
  }).then((answer) => answer.json());
}
