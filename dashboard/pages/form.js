// How forms ask, say what is wrong, and are sent once.
import { make } from './dom.js';

// field is a labelled input with a place for what is wrong with it.
export function field(label, { name, ...properties }) {
  const input = make('input', { id: name, name, 'aria-describedby': `${name}-fault`, ...properties });
  return make('div', { class: 'field' }, make('label', { for: name }, label), input, make('p', { id: `${name}-fault`, class: 'fault' }));
}

// fault says what is wrong with a field, and takes whoever types there; or it
// says that nothing is.
export function fault(form, name, sentence = '') {
  const input = form.elements[name];
  form.querySelector(`#${name}-fault`).textContent = sentence;
  input.setAttribute('aria-invalid', String(sentence !== ''));
  if (sentence) input.focus();
}

// notice is where it is said what went wrong; it is read aloud when it changes.
export const notice = () => make('p', { class: 'notice', role: 'alert' });

export const notify = (element, sentence) => element.querySelector('.notice').replaceChildren(sentence);

// during keeps something from being done twice at once. Its buttons keep the
// focus, which they would lose if they were switched off.
export async function during(element, work) {
  if (element.getAttribute('aria-busy') === 'true') return;
  element.setAttribute('aria-busy', 'true');
  try {
    await work();
  } finally {
    element.setAttribute('aria-busy', 'false');
  }
}

// submitting listens to a form that is sent by us: browsers must not.
export const submitting = (work) => (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  return during(form, () => work(form));
};
