// make makes an element. What is a text stays one: nothing here reads markup.
// A property that begins with "on" listens; false and undefined leave it out.
export function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter(Boolean));
  return element;
}

export const paragraph = (text, kind) => make('p', { class: kind }, text);

export const strong = (label, properties) => make('button', { class: 'strong', type: 'button', ...properties }, label);
export const quiet = (label, properties) => make('button', { class: 'quiet', type: 'button', ...properties }, label);
