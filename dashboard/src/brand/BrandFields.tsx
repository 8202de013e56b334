import { Button } from '../ui/Button';
import { Check } from '../ui/Check';
import { Input } from '../ui/Field';
import { say } from '../words/say';
import { BrandSample } from './BrandSample';

interface Brand {
  primaryColor?: string;
  darkMode?: boolean;
  font?: string;
  footer?: string;
}

interface Props {
  // name and logoUrl are whose brand it is.
  name: string;
  logoUrl: string | null;
  value: Brand;
  onChange: (change: Brand) => void;
  readOnly?: boolean;
  // inherits is whether what is left empty is the agency's.
  inherits?: boolean;
}

const isColor = (text?: string) => /^#[0-9a-f]{6}$/i.test(text ?? '');

// BrandFields are a brand's colour, font and theme, with what becomes of them.
export function BrandFields({ name, logoUrl, value, onChange, readOnly, inherits }: Props) {
  const { primaryColor = '', font = '', darkMode = false, footer } = value;
  return (
    <div className="grid gap-5 md:grid-cols-2">
      <div className="space-y-4">
        <div className="flex items-end gap-2">
          <Input
            className="flex-1"
            label={say('brand.color')}
            name="brand.primaryColor"
            placeholder={inherits ? say('brand.inherited') : '#1a73e8'}
            readOnly={readOnly}
            value={primaryColor}
            onValueChange={(color) => onChange({ primaryColor: color })}
          />
          <input
            type="color"
            aria-label={say('brand.color.pick')}
            disabled={readOnly}
            value={isColor(primaryColor) ? primaryColor : '#808080'}
            onChange={(event) => onChange({ primaryColor: event.target.value })}
            className="control w-12 flex-none cursor-pointer rounded-lg border border-frame bg-card p-1"
          />
          {primaryColor && !readOnly && <Button onClick={() => onChange({ primaryColor: '' })}>{say('clear')}</Button>}
        </div>
        <Input
          label={say('brand.font')}
          name="brand.font"
          hint={say('brand.font.hint')}
          placeholder={inherits ? say('brand.inherited') : undefined}
          readOnly={readOnly}
          value={font}
          onValueChange={(name) => onChange({ font: name })}
        />
        <Check label={say('brand.dark')} checked={darkMode} disabled={readOnly} onChange={(dark) => onChange({ darkMode: dark })} />
      </div>
      <BrandSample name={name} logoUrl={logoUrl} primaryColor={primaryColor} font={font} footer={footer} />
    </div>
  );
}
