import { useCallback, useState } from 'react';
import { keysOf, summary } from '../../access/grants';
import { Matrix } from '../../access/Matrix';
import { api } from '../../api/client';
import { useMe } from '../../api/me';
import { BrandFields } from '../../brand/BrandFields';
import { LogoField } from '../../logo/LogoField';
import { upload } from '../../logo/upload';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { EditForm, useDraft } from '../../ui/EditForm';
import { Choice, Input } from '../../ui/Field';
import { type Faults, Form, Submit, text } from '../../ui/Form';
import { Section } from '../../ui/Section';
import { toast } from '../../ui/toast';
import { languageName } from '../../words/format';
import { type Language, languages, say } from '../../words/say';
import { fresh, know, type Organization, useIsStaff, useOrganization, useReadOnly } from '../organization';
import { CannedResponses } from './CannedResponses';
import { Ending } from './Ending';
import { HandoffFields } from './HandoffFields';
import { TabOrder } from './TabOrder';

const layouts = ['vertical', 'horizontal'] as const;

// InfoPage is what an organization is: its name and brand, how its dashboard
// looks, how chats are handed to its people, and how it ends.
export function InfoPage() {
  const organization = useOrganization();
  const staff = useIsStaff();
  return (
    <div className="space-y-6">
      <Details key={organization.id} organization={organization} staff={staff} />
      <Logo organization={organization} />
      {staff && <Ending organization={organization} />}
    </div>
  );
}

async function save(o: string, edits: Partial<Organization>, version: number) {
  const { logoUrl: _, ...rest } = edits;
  // A message that was emptied is taken away.
  const messages =
    rest.handoff?.messages &&
    Object.fromEntries(Object.entries(rest.handoff.messages).map(([tag, message]) => [tag, message.trim() || null]));
  const body = rest.handoff ? { ...rest, handoff: { ...rest.handoff, messages } } : rest;
  const { data } = await api.PATCH('/v1/organizations/{o}', {
    params: { path: { o }, header: { 'If-Match': `"${version}"` } },
    body: body as never,
  });
  if (data) know(data);
  return data;
}

function Details({ organization, staff }: { organization: Organization; staff: boolean }) {
  const readOnly = useReadOnly();
  const draft = useDraft(organization);
  const tabs = useMe().workspace.customTabs;
  const { now, set } = draft;
  return (
    <EditForm
      draft={draft}
      readOnly={readOnly}
      check={(form): Faults => (text(form, 'name') ? {} : { name: say('client.name.fault') })}
      save={(edits, version) => save(organization.id, edits, version)}
      latest={() => fresh(organization.id)}
      onSaved={({ name }) => toast({ title: say('saved', { what: name }) })}
      named={{
        name: [say('name')],
        language: [say('language'), languageName],
        layout: [say('layout'), (layout) => say(`layout.${layout}`)],
        brand: [say('brand'), ({ primaryColor, font }) => [primaryColor, font].filter(Boolean).join(', ')],
        ceiling: [say('ceiling'), summary],
        tabOrder: [say('tabOrder'), (keys) => keys.join(', ')],
        handoff: [say('handoff'), ({ enabled }) => (enabled ? say('on') : say('off'))],
        cannedResponses: [say('canned'), (responses) => responses.map(({ title, text }) => title || text).join('\n')],
        billing: [say('billing'), (billing) => (billing ? say('on') : say('off'))],
      }}
    >
      <Section title={say('info.general')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Input label={say('client.name')} name="name" readOnly={readOnly} value={now.name} onValueChange={(name) => set({ name })} />
          <Choice
            label={say('language')}
            name="language"
            disabled={readOnly}
            hint={say('client.language.hint')}
            value={now.language}
            onValueChange={(language) => set({ language: language as Language })}
            options={languages.map((tag) => [tag, languageName(tag)])}
          />
          <Choice
            label={say('layout')}
            name="layout"
            disabled={readOnly}
            hint={say('layout.hint')}
            value={now.layout}
            onValueChange={(layout) => set({ layout: layouts.find((known) => known === layout) })}
            options={layouts.map((layout) => [layout, say(`layout.${layout}`)])}
          />
        </div>
      </Section>
      <Section title={say('brand')} about={say('brand.over')}>
        <BrandFields value={now.brand} onChange={(brand) => set({ brand: { ...now.brand, ...brand } })} readOnly={readOnly} inherits />
      </Section>
      {staff && (
        <Section title={say('ceiling')} about={say('ceiling.text')}>
          <Matrix
            legend={say('ceiling.legend')}
            keys={keysOf(tabs)}
            tabs={tabs}
            value={now.ceiling}
            otherwise="edit"
            readOnly={readOnly}
            onChange={(ceiling) => set({ ceiling })}
          />
          <Check
            label={say('billing.shown')}
            hint={say('billing.hint')}
            checked={now.billing}
            disabled={readOnly}
            onChange={(billing) => set({ billing })}
          />
        </Section>
      )}
      <Section title={say('tabOrder')} about={say('tabOrder.text')}>
        <TabOrder value={now.tabOrder} onChange={(tabOrder) => set({ tabOrder })} readOnly={readOnly} />
      </Section>
      <Section title={say('handoff')} about={say('handoff.text')}>
        <HandoffFields value={now.handoff} onChange={(handoff) => set({ handoff })} readOnly={readOnly} />
      </Section>
      <Section title={say('canned')} about={say('canned.text')}>
        <CannedResponses value={now.cannedResponses} onChange={(cannedResponses) => set({ cannedResponses })} readOnly={readOnly} />
      </Section>
    </EditForm>
  );
}

// Logo is saved by itself, as it is a file.
function Logo({ organization }: { organization: Organization }) {
  const readOnly = useReadOnly();
  const [next, setNext] = useState<{ logo: Blob | null }>();
  const [round, setRound] = useState(0);
  const onChange = useCallback((logo: Blob | null) => setNext({ logo }), []);
  if (readOnly) return null;
  async function send() {
    if (!next) return;
    const saved = next.logo ? await upload(organization.id, next.logo) : await removed(organization.id);
    if (saved) know(saved);
    setNext(undefined);
    setRound(round + 1);
    toast({ title: say('saved', { what: say('logo') }) });
  }
  return (
    <Form send={send}>
      <Section title={say('logo')}>
        <LogoField key={round} url={organization.logoUrl} onChange={onChange} />
        {next && (
          <Submit label={say('logo.save')}>
            <Button
              onClick={() => {
                setNext(undefined);
                setRound(round + 1);
              }}
            >
              {say('cancel')}
            </Button>
          </Submit>
        )}
      </Section>
    </Form>
  );
}

async function removed(o: string) {
  const { data } = await api.PATCH('/v1/organizations/{o}', { params: { path: { o } }, body: { logoUrl: null } });
  return data;
}
