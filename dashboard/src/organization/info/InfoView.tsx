import { keysOf } from '../../access/grants';
import { Matrix } from '../../access/Matrix';
import { BrandFields } from '../../brand/BrandFields';
import { Check } from '../../ui/Check';
import { EditForm, type Editing, useDraft } from '../../ui/EditForm';
import { Choice, Input } from '../../ui/Field';
import { type Faults, text } from '../../ui/Form';
import { Section } from '../../ui/Section';
import { languageName } from '../../words/format';
import { type Language, languages, say } from '../../words/say';
import type { Organization } from '../organization';
import { CannedResponses } from './CannedResponses';
import { HandoffFields } from './HandoffFields';
import { TabOrder } from './TabOrder';

const layouts = ['vertical', 'horizontal'] as const;

interface Props extends Editing<Organization> {
  organization: Organization;
  tabs: { key: string; title: string }[];
  // staff is whether the agency looks, who sets what the client can reach at all.
  staff: boolean;
}

// InfoView is what an organization is, to be changed: its name and brand, how its
// dashboard looks, and how chats are handed to its people.
export function InfoView({ organization, tabs, staff, ...editing }: Props) {
  const { readOnly } = editing;
  const draft = useDraft(organization);
  const { now, set } = draft;
  return (
    <EditForm
      {...editing}
      draft={draft}
      tabs={tabs}
      check={(form): Faults => (text(form, 'name') ? {} : { name: say('client.name.fault') })}
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
        <BrandFields
          name={now.name}
          logoUrl={now.logoUrl}
          value={now.brand}
          onChange={(brand) => set({ brand: { ...now.brand, ...brand } })}
          readOnly={readOnly}
          inherits
        />
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
        <TabOrder value={now.tabOrder} tabs={tabs} onChange={(tabOrder) => set({ tabOrder })} readOnly={readOnly} />
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
