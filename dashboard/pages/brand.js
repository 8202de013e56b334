// Under whose name the page stands: the organization's, else the agency's.
import { call } from './api.js';
import { make } from './dom.js';
import { painted } from './paint.js';
import { say, speak } from './words.js';

let face = {};

// wear takes on a name, a logo and a brand.
export function wear({ name, logoUrl, brand }) {
  face = { name, logoUrl, ...brand };
  const root = document.documentElement;
  root.dataset.theme = face.darkMode ? 'dark' : '';
  const paint = painted(face.primaryColor);
  for (const ground of ['light', 'dark']) {
    for (const use of ['fill', 'label', 'edge', 'link']) {
      if (paint) root.style.setProperty(`--${use}-${ground}`, paint[ground][use]);
      else root.style.removeProperty(`--${use}-${ground}`);
    }
  }
  root.style.setProperty('--font', face.font ? CSS.escape(face.font) : 'system-ui');
  if (logoUrl) document.querySelector('link[rel=icon]').href = logoUrl;
  foot();
}

// wearHost takes on the brand and the language of the agency that this host
// belongs to. Where they cannot be had, the page does without.
export async function wearHost() {
  const host = await call('GET', `/branding?host=${encodeURIComponent(location.host)}`).catch(() => null);
  speak(host?.language);
  if (host) wear(host);
}

export const named = () => face.name ?? '';

// head is the logo, or else an initial and the name.
export function head() {
  const header = make('header');
  if (!face.name) return header;
  if (!face.logoUrl) {
    header.append(...spelled());
    return header;
  }
  const replace = () => header.replaceChildren(...spelled());
  header.append(make('img', { class: 'logo', src: face.logoUrl, alt: face.name, onerror: replace }));
  return header;
}

const spelled = () => [make('span', { class: 'initial', 'aria-hidden': 'true' }, initial(face.name)), make('span', { class: 'name' }, face.name)];

// initial is the first letter as people see it, whatever it is written with.
function initial(name) {
  const { value } = new Intl.Segmenter().segment(name)[Symbol.iterator]().next();
  return value.segment.toLocaleUpperCase();
}

// foot is what the agency wants to stand below.
function foot() {
  const links = ['website', 'privacy', 'terms'].filter((name) => isLink(face[`${name}Url`]));
  document.querySelector('footer').replaceChildren(
    ...[
      face.footer && make('p', null, face.footer),
      links.length > 0 && make('nav', null, links.map((name) => make('a', { href: face[`${name}Url`], target: '_blank', rel: 'noreferrer' }, say(name)))),
    ].filter(Boolean),
  );
}

const isLink = (address) => /^https?:\/\//.test(address ?? '');
