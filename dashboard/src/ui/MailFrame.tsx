import { useEffect, useRef } from 'react';

// MailFrame shows the HTML of a mail. Mails have their styles written into them,
// which the content security policy lets no page do, nor a frame of it: so they
// are taken over one by one, as properties, into a tree of their own. Scripts and
// forms are left out, and links go nowhere.
export function MailFrame({ html, title }: { html: string; title: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const host = place.current;
    if (!host) return;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const mail = new DOMParser().parseFromString(renamed(html), 'text/html');
    root.adoptedStyleSheets = [...mail.querySelectorAll('script')].map(sheetOf);
    root.replaceChildren(copyOf(mail.body));
  }, [html]);
  return <div ref={place} role="document" aria-label={title} className="max-h-128 overflow-y-auto bg-white" />;
}

// renamed has no styles that the policy would complain of when they are read: in
// what is no markup there are no such quotes.
const renamed = (html: string) => html.replace(/\bstyle="/g, 'data-style="').replace(/<(\/?)style\b/g, '<$1script');

function sheetOf({ textContent }: HTMLElement) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync((textContent ?? '').replace(/\bbody\b/g, '.body'));
  return sheet;
}

const left = 'script, iframe, object, embed, form, link, meta, base';

function copyOf(element: Element): HTMLElement {
  const copy = document.createElement(element.tagName === 'BODY' ? 'div' : element.localName);
  if (element.tagName === 'BODY') copy.className = 'body';
  for (const { name, value } of element.attributes) {
    if (name === 'data-style') copy.style.cssText = value;
    else if (name !== 'href' && !name.startsWith('on')) copy.setAttribute(name, value);
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) {
      if (!child.matches(left)) copy.append(copyOf(child));
    } else if (child.nodeType === Node.TEXT_NODE) copy.append(child.cloneNode());
  }
  return copy;
}
