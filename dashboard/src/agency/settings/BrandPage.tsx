import { LogoForm } from '../../logo/LogoForm';
import { uploadOwn } from '../../logo/upload';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { BrandView } from './BrandView';
import { useSettings } from './useSettings';
import { know, updateWorkspace, useWorkspace } from './workspace';

// BrandPage is under which name, logo and colours the agency appears.
export function BrandPage() {
  const settings = useSettings();
  const { logoUrl } = useWorkspace();
  return (
    <>
      <BrandView {...settings} />
      {!settings.form.readOnly && (
        <LogoForm
          url={logoUrl}
          save={async (logo) => {
            const uploaded = logo ? await uploadOwn(logo) : void (await updateWorkspace({ logoUrl: null }));
            if (uploaded) know(uploaded);
            toast({ title: say('saved', { what: say('logo') }) });
          }}
        />
      )}
    </>
  );
}
