// The card that shows one thing at a time.
import { head } from './brand.js';
import { make } from './dom.js';

const card = () => document.querySelector('main');

let shown = false;

// show puts something on the card, under a heading that is also the page's
// title. Readers of screens are taken there when it follows on something else.
export function show(title, ...content) {
  const heading = make('h1', { tabindex: -1 }, title);
  document.title = title;
  card().replaceChildren(head(), heading, ...content.flat().filter(Boolean));
  card().setAttribute('aria-busy', 'false');
  if (shown) heading.focus();
  shown = true;
}

// wait shows that something is under way, before there is anything to show.
export function wait() {
  card().setAttribute('aria-busy', 'true');
  card().replaceChildren();
}
