import { useCallback, useState } from 'react';
import { BrandFields } from '../../brand/BrandFields';
import { LogoField } from '../../logo/LogoField';
import { uploadOwn } from '../../logo/upload';
import { Button } from '../../ui/Button';
import { EditForm } from '../../ui/EditForm';
import { Choice, Input, TextArea } from '../../ui/Field';
import { Form, Submit } from '../../ui/Form';
import { Section } from '../../ui/Section';
import { toast } from '../../ui/toast';
import { languageName } from '../../words/format';
import { type Language, languages, say } from '../../words/say';
import { useSettings } from './useSettings';
import { know, updateWorkspace, useWorkspace, type Workspace } from './workspace';

const links = ['websiteUrl', 'privacyUrl', 'termsUrl'] as const;
const linkName = { websiteUrl: 'website', privacyUrl: 'privacy', termsUrl: 'terms' } as const;

const writtenBrand = (brand: Workspace['brand']) =>
  [brand.primaryColor, brand.font, brand.footer, brand.websiteUrl, brand.privacyUrl, brand.termsUrl].filter(Boolean).join('\n');

// BrandPage is under which name, logo and colours the agency appears.
export function BrandPage() {
  const { draft, form, readOnly } = useSettings();
  const { now, set } = draft;
  const brand = (change: Workspace['brand']) => set({ brand: { ...now.brand, ...change } });
  return (
    <>
      <EditForm
        {...form}
        named={{
          name: [say('name')],
          language: [say('language'), languageName],
          dashboardHost: [say('host')],
          supportEmail: [say('supportEmail')],
          brand: [say('brand'), writtenBrand],
        }}
      >
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
          <BrandFields value={now.brand} onChange={brand} readOnly={readOnly} />
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
      {!readOnly && <Logo />}
    </>
  );
}

// Logo is saved by itself, as it is a file.
function Logo() {
  const { logoUrl } = useWorkspace();
  const [next, setNext] = useState<{ logo: Blob | null }>();
  const [round, setRound] = useState(0);
  const onChange = useCallback((logo: Blob | null) => setNext({ logo }), []);
  const begin = () => {
    setNext(undefined);
    setRound(round + 1);
  };
  async function send() {
    if (!next) return;
    const saved = next.logo ? await uploadOwn(next.logo) : await updateWorkspace({ logoUrl: null });
    if (saved) know(saved);
    begin();
    toast({ title: say('saved', { what: say('logo') }) });
  }
  return (
    <Form send={send}>
      <Section title={say('logo')}>
        <LogoField key={round} url={logoUrl} onChange={onChange} />
        {next && (
          <Submit label={say('logo.save')}>
            <Button onClick={begin}>{say('cancel')}</Button>
          </Submit>
        )}
      </Section>
    </Form>
  );
}
