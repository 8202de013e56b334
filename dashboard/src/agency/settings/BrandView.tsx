import { BrandFields } from '../../brand/BrandFields';
import { EditForm } from '../../ui/EditForm';
import { Choice, Input, TextArea } from '../../ui/Field';
import { Section } from '../../ui/Section';
import { languageName } from '../../words/format';
import { type Language, languages, say } from '../../words/say';
import type { Settings } from './useSettings';
import type { Workspace } from './workspace';

const links = ['websiteUrl', 'privacyUrl', 'termsUrl'] as const;
const linkName = { websiteUrl: 'website', privacyUrl: 'privacy', termsUrl: 'terms' } as const;

// BrandView is under which name and colours the agency appears.
export function BrandView({ form }: Settings) {
  const { draft, readOnly } = form;
  const { now, set } = draft;
  const brand = (change: Workspace['brand']) => set({ brand: { ...now.brand, ...change } });
  return (
    <EditForm {...form}>
      <Section title={say('agency')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Input label={say('name')} name="name" readOnly={readOnly} value={now.name} onValueChange={(name) => set({ name })} />
          <Choice
            label={say('language')}
            name="language"
            disabled={readOnly}
            hint={say('agency.language.hint')}
            value={now.language}
            onValueChange={(language) => set({ language: language as Language })}
            options={languages.map((tag) => [tag, languageName(tag)])}
          />
          <Input
            label={say('host')}
            name="dashboardHost"
            hint={say('host.hint')}
            placeholder="clients.agency.example"
            readOnly={readOnly}
            value={now.dashboardHost}
            onValueChange={(dashboardHost) => set({ dashboardHost })}
          />
          <Input
            label={say('supportEmail')}
            name="supportEmail"
            type="email"
            hint={say('supportEmail.hint')}
            readOnly={readOnly}
            value={now.supportEmail}
            onValueChange={(supportEmail) => set({ supportEmail })}
          />
        </div>
      </Section>
      <Section title={say('brand')} about={say('brand.text')}>
        <BrandFields name={now.name} logoUrl={now.logoUrl} value={now.brand} onChange={brand} readOnly={readOnly} />
        <TextArea
          label={say('footer')}
          name="brand.footer"
          rows={2}
          hint={say('footer.hint')}
          readOnly={readOnly}
          value={now.brand.footer ?? ''}
          onValueChange={(footer) => brand({ footer })}
        />
        <div className="grid gap-4 sm:grid-cols-3">
          {links.map((link) => (
            <Input
              key={link}
              label={say(linkName[link])}
              name={`brand.${link}`}
              type="url"
              placeholder="https://"
              readOnly={readOnly}
              value={now.brand[link] ?? ''}
              onValueChange={(url) => brand({ [link]: url })}
            />
          ))}
        </div>
      </Section>
    </EditForm>
  );
}
