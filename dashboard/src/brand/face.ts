// Under whose name the pages stand: the organization's, else the agency's.
import { useSyncExternalStore } from 'react';
import { open } from '../api/client';
import { speak } from '../words/say';
import { painted } from './paint';
import { begin } from './theme';

export interface Face {
  name: string;
  logoUrl?: string | null;
  primaryColor?: string;
  darkMode?: boolean;
  font?: string;
  footer?: string;
  websiteUrl?: string;
  privacyUrl?: string;
  termsUrl?: string;
}

let worn: Face = { name: '' };
const listeners = new Set<() => void>();

export const face = () => worn;

export const useFace = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, face);

// wear takes on a name, a logo and a brand.
export function wear(next: Face) {
  worn = next;
  dress(document.documentElement, next);
  begin(next.darkMode);
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (icon) icon.href = next.logoUrl || 'data:,';
  for (const listener of listeners) listener();
}

// dress gives an element, and all in it, a brand's colours and font. They are set
// as properties: to a content security policy that is no inline style.
export function dress(element: HTMLElement, { primaryColor, font }: Pick<Face, 'primaryColor' | 'font'>) {
  const paint = painted(primaryColor);
  for (const ground of ['light', 'dark'] as const) {
    for (const use of ['fill', 'label', 'edge', 'link'] as const) {
      if (paint) element.style.setProperty(`--${use}-${ground}`, paint[ground][use]);
      else element.style.removeProperty(`--${use}-${ground}`);
    }
  }
  element.style.setProperty('--brand-font', font ? CSS.escape(font) : 'system-ui');
}

// wearHost takes on the brand and the language of the agency that this host
// belongs to. Where they cannot be had, the page does without.
export async function wearHost() {
  const query = { host: location.host };
  const host = await open.GET('/v1/branding', { params: { query } }).then(
    ({ data }) => data,
    () => undefined,
  );
  await speak(host?.language);
  if (host) wear({ name: host.name, logoUrl: host.logoUrl, ...host.brand });
}

// initial is the first letter as people see it, whatever it is written with.
export function initial(name: string) {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? '';
}
