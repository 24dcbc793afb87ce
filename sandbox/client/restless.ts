/** Never rests: moves cards, toggles classes and changes the address, as fast as the browser draws. */

const container = document.querySelector('#column-list-container');
let count = 0;

function change(): void {
  count += 1;
  const first = container?.firstElementChild;
  if (container && first) {
    if (count % 2 === 0) container.append(first);
    first.classList.toggle('active');
    first.setAttribute('data-count', String(count));
  }
  if (count % 30 === 0) history.replaceState(null, '', `?count=${count}`);
  requestAnimationFrame(change);
}

requestAnimationFrame(change);
