// The page that a sign-in link opens, and where to ask for one. A link signs in
// only when its button is pressed.
import { arrive } from './arrival.js';
import { call, onceEach } from './api.js';
import { named, wearHost } from './brand.js';
import { show, wait } from './card.js';
import { make, paragraph, quiet, strong } from './dom.js';
import { fault, field, notice, notify, submitting } from './form.js';
import * as session from './session.js';
import { told } from './trouble.js';
import { say, speak } from './words.js';

const once = onceEach();

async function start() {
  speak();
  wait();
  await wearHost();
  const code = location.hash.slice(1);
  if (code) return offer(code);
  return session.exists() ? arrive(askFor) : askFor();
}

const title = () => (named() ? say('signIn.to', { name: named() }) : say('signIn'));

// offer shows the button of a link.
function offer(code) {
  const form = make(
    'form',
    { onsubmit: submitting((form) => open(form, code)) },
    paragraph(say('signIn.link')),
    notice(),
    strong(say('signIn'), { type: 'submit' }),
  );
  show(title(), form);
}

async function open(form, code) {
  notify(form, '');
  try {
    session.keep(await call('POST', '/session', { body: { code }, once: once(code) }));
  } catch (refusal) {
    const trouble = told(refusal, 'link');
    return trouble.dead ? askFor(trouble) : notify(form, trouble.sentence);
  }
  history.replaceState(null, '', location.pathname);
  await arrive(askFor);
}

// askFor asks for an address to send a link to, where the one there was is dead
// or there was none.
function askFor(trouble) {
  const form = make(
    'form',
    { novalidate: true, onsubmit: submitting(send) },
    paragraph(trouble?.sentence ?? say('signIn.ask')),
    field(say('email'), { name: 'email', type: 'email', autocomplete: 'email', required: true }),
    notice(),
    strong(say('signIn.send'), { type: 'submit' }),
  );
  show(trouble?.title ?? title(), form);
}

async function send(form) {
  const email = form.elements.email.value.trim();
  notify(form, '');
  fault(form, 'email', form.elements.email.validity.valid ? '' : say('email.fault'));
  if (!form.elements.email.validity.valid) return;
  try {
    await call('POST', '/sign-in', { body: { email } });
  } catch (refusal) {
    return notify(form, told(refusal, 'link').sentence);
  }
  sent(email, form);
}

// sent says the same whether anybody is known by the address. The form is kept,
// with what was typed, for who typed it wrong.
function sent(email, form) {
  const back = () => {
    show(title(), form);
    form.elements.email.focus();
  };
  show(say('sent.title'), paragraph(say('sent.text', { email })), quiet(say('sent.back'), { onclick: back }));
}

addEventListener('hashchange', start);
start();
