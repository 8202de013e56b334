import { useMe } from '../../api/me';
import { LogoForm } from '../../logo/LogoForm';
import { upload } from '../../logo/upload';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { change, fresh } from '../changes';
import { know, useIsStaff, useOrganization, useReadOnly } from '../organization';
import { Ending } from './Ending';
import { InfoView } from './InfoView';

// InfoPage is what an organization is, and how it ends.
export function InfoPage() {
  const organization = useOrganization();
  const { id, logoUrl } = organization;
  const readOnly = useReadOnly();
  const staff = useIsStaff();
  const saved = (what: string) => toast({ title: say('saved', { what }) });
  return (
    <div className="space-y-6">
      <InfoView
        key={id}
        organization={organization}
        tabs={useMe().workspace.customTabs}
        staff={staff}
        readOnly={readOnly}
        save={({ logoUrl: _, ...edits }, version) => change(id, edits, version)}
        latest={() => fresh(id)}
        onSaved={({ name }) => saved(name)}
      />
      {!readOnly && (
        <LogoForm
          url={logoUrl}
          save={async (logo) => {
            const uploaded = logo ? await upload(id, logo) : void (await change(id, { logoUrl: null }));
            if (uploaded) know(uploaded);
            saved(say('logo'));
          }}
        />
      )}
      {staff && <Ending organization={organization} />}
    </div>
  );
}
