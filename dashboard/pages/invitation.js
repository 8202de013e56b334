// The page that an invitation's button opens: who invites to what, and whether
// one accepts. Looking changes nothing; only a press of a button does.
import { arrive } from './arrival.js';
import { call, onceEach } from './api.js';
import { named, wear, wearHost } from './brand.js';
import { show, wait } from './card.js';
import { make, paragraph, quiet, strong } from './dom.js';
import { during, fault, field, notice, notify, submitting } from './form.js';
import * as session from './session.js';
import { told } from './trouble.js';
import { day, say, speak, until } from './words.js';

const once = onceEach();

const link = () => location.hash.slice(1);

async function start() {
  const token = link();
  speak();
  wait();
  if (!token) return session.exists() ? arrive(unlinked) : unlinked();
  try {
    const invitation = await call('GET', path(token));
    if (token !== link()) return; // another link was opened here meanwhile
    speak(invitation.language);
    wear(invitation.organization ?? invitation.workspace);
    ask(token, invitation);
  } catch (refusal) {
    await wearHost();
    if (token === link()) refused(refusal);
  }
}

const path = (token, action = '') => `/invitations/${encodeURIComponent(token)}${action}`;

async function unlinked() {
  await wearHost();
  show(say('unlinked.title'), paragraph(say('unlinked.text')), toSignIn());
}

const toSignIn = () => make('a', { class: 'strong', href: '/sign-in' }, say('signIn'));

// ask shows the invitation, with what to answer.
function ask(token, invitation) {
  const dialog = declining(token, invitation);
  const form = make(
    'form',
    { novalidate: true, onsubmit: submitting((form) => accept(form, token, invitation)) },
    facts(invitation),
    field(say('name'), { name: 'name', value: invitation.name, autocomplete: 'name', maxlength: 120 }),
    notice(),
    strong(say('accept'), { type: 'submit' }),
    quiet(say('decline'), { onclick: () => dialog.showModal() }),
  );
  show(heading(invitation), form, dialog);
}

function heading({ invitedBy, organization }) {
  const kind = organization ? 'invitation' : 'staff';
  return say(invitedBy.name ? `${kind}.by` : `${kind}.to`, { inviter: invitedBy.name, name: named() });
}

function facts({ email, role, expiresAt }) {
  const may = role === 'user' ? '' : say(`may.${role}`);
  const expires = new Date(expiresAt);
  const rows = [
    [say('email'), email],
    [say('role'), say(`role.${role}`), may],
    [say('valid'), say('valid.until', { day: day(expires) }), say('valid.left', { left: until(expires) })],
  ];
  return make('dl', null, rows.map(([term, ...about]) => make('div', null, make('dt', null, term), about.map((line) => line && make('dd', null, line)))));
}

async function accept(form, token, { invitedBy }) {
  const body = { name: form.elements.name.value.trim() || undefined };
  notify(form, '');
  fault(form, 'name');
  try {
    session.keep(await call('POST', path(token, '/accept'), { body, once: once(['accept', token, body]) }));
  } catch (refusal) {
    const isName = refusal.errors.some(({ location }) => location === 'body.name');
    return isName ? fault(form, 'name', say('name.fault')) : hindered(refusal, form, invitedBy);
  }
  leaveLink();
  await arrive(unlinked);
}

// leaveLink takes what opened something out of the address, once it is used.
const leaveLink = () => history.replaceState(null, '', location.pathname);

// declining asks again, as a link that is declined is dead for good.
function declining(token, { invitedBy }) {
  const about = invitedBy.name ? say('decline.seenBy', { inviter: invitedBy.name }) : say('decline.seen');
  const dialog = make(
    'dialog',
    { 'aria-labelledby': 'declining', oncancel: (event) => dialog.getAttribute('aria-busy') === 'true' && event.preventDefault() },
    make('h2', { id: 'declining' }, say('decline.title')),
    paragraph(about),
    notice(),
    strong(say('decline.back'), { onclick: () => dialog.close() }),
    quiet(say('decline.sure'), { onclick: () => during(dialog, () => decline(dialog, token, invitedBy)) }),
  );
  return dialog;
}

async function decline(dialog, token, invitedBy) {
  notify(dialog, '');
  try {
    await call('POST', path(token, '/decline'), { once: once(['decline', token]) });
  } catch (refusal) {
    return hindered(refusal, dialog, invitedBy);
  }
  show(say('declined.title'), paragraph(say('declined.text')));
}

// hindered says why nothing came of it: in place, so that what was typed stays,
// unless the link has died meanwhile.
function hindered(refusal, element, invitedBy) {
  const trouble = told(refusal, 'invitation');
  if (trouble.dead) return refused(refusal);
  notify(element, trouble.sentence);
}

// refused shows why there is nothing to accept.
function refused(refusal) {
  const trouble = told(refusal, 'invitation');
  const next = trouble.code === 'accepted' ? toSignIn() : !trouble.dead && strong(say('again'), { onclick: start });
  show(trouble.title, paragraph(trouble.sentence), next);
}

addEventListener('hashchange', start);
start();
