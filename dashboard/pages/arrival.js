// Where one has come to: whom to be, for who can be several here, and then what
// one is and may do.
import { wear } from './brand.js';
import { show, wait } from './card.js';
import { make, paragraph, quiet, strong } from './dom.js';
import { during, notice, notify } from './form.js';
import * as session from './session.js';
import { told } from './trouble.js';
import { say, speak } from './words.js';

// arrive shows whoever is signed in where they are. otherwise is what to show
// to who turns out not to be.
export async function arrive(otherwise) {
  wait();
  try {
    greet(await session.me(), otherwise);
  } catch (refusal) {
    if (refusal.status === 401) {
      session.forget();
      return otherwise();
    }
    const trouble = told(refusal, 'session');
    show(trouble.title, paragraph(trouble.sentence), leaving(strong(say('again'), { onclick: () => arrive(otherwise) })));
  }
}

function greet(me, otherwise) {
  speak(me.principal?.language, me.organization?.language, me.workspace.language);
  wear({ ...me.brand, brand: me.brand });
  if (me.principal) inside(me, otherwise);
  else choose(me, otherwise);
}

// open are the memberships that can be chosen.
const open = ({ memberships }) => memberships.filter(({ status, organization }) => status === 'active' && (organization?.status ?? 'active') === 'active');

// choose asks whom to be.
function choose(me, otherwise) {
  const entry = ({ id, organization, role }) =>
    make(
      'li',
      null,
      make(
        'button',
        { class: 'choice', type: 'button', onclick: (event) => become(id, event.target.closest('.choices'), otherwise) },
        make('b', null, organization?.name ?? me.workspace.name),
        make('span', null, say(`role.${role}`)),
      ),
    );
  show(say('choose.title'), paragraph(say('choose.text')), leaving(make('ul', null, open(me).map(entry))));
}

const become = (id, choices, otherwise) =>
  during(choices, async () => {
    notify(choices, '');
    try {
      await session.refresh(id);
    } catch (refusal) {
      if (refusal.status === 401) return arrive(otherwise);
      return notify(choices, told(refusal, 'session').sentence);
    }
    await arrive(otherwise);
  });

// inside tells what one is here, and may do.
function inside(me, otherwise) {
  const { principal, organization, workspace } = me;
  const several = open(me).length > 1 && quiet(say('choose.other'), { onclick: () => choose(me, otherwise) });
  show(
    say('in.title'),
    make('p', { class: 'who' }, make('b', null, principal.name), make('span', null, `${organization?.name ?? workspace.name} · ${say(`role.${principal.role}`)}`)),
    principal.role !== 'user' && paragraph(say(`may.${principal.role}`)),
    part(say('in.sections'), sections(me), say('in.noSections')),
    principal.type === 'user' && part(say('in.agents'), agents(me), say('in.noAgents')),
    leaving(several),
  );
}

// part is a list under a heading, or what to say where there is nothing in it.
function part(title, entries, nothing) {
  const list = entries.length > 0 ? make('ul', { class: 'list' }, entries) : paragraph(nothing);
  return make('section', null, make('h2', null, title), list);
}

const order = ['home', 'conversations', 'analytics', 'knowledge_base', 'channels', 'prompt', 'settings'];

function sections({ sections, workspace }) {
  const own = workspace.customTabs.map(({ key, title }) => [`tab:${key}`, title]);
  return [...order.map((key) => [key, say(`section.${key}`)]), ...own]
    .filter(([key]) => sections[key] && sections[key] !== 'none')
    .map(([key, title]) => make('li', null, make('span', null, title), make('small', null, say(`grant.${sections[key]}`))));
}

const agents = ({ agents }) => agents.map(({ name, description }) => make('li', { class: 'stacked' }, make('span', null, name), description && make('small', null, description)));

// leaving is something to choose from, with the way out below it.
const leaving = (...content) => {
  const choices = make('div', { class: 'choices' }, content, notice(), quiet(say('signOut'), { onclick: () => during(choices, () => leave(choices)) }));
  return choices;
};

async function leave(choices) {
  notify(choices, '');
  try {
    await session.end();
  } catch (refusal) {
    return notify(choices, told(refusal, 'session').sentence);
  }
  location.assign('/sign-in');
}
