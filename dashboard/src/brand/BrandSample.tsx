import { useEffect, useRef } from 'react';
import { say } from '../words/say';
import { Badge } from './Badge';
import { dress, useFace } from './face';

interface Props {
  // name and logoUrl are whose brand it is.
  name: string;
  logoUrl: string | null;
  primaryColor: string;
  font: string;
  footer?: string;
}

const grounds = ['scheme-light', 'scheme-dark'];

// BrandSample is a piece of a dashboard and of a mail in a brand, as it is being
// chosen, on light and on dark: what is written in its colour can be read,
// whatever that is.
export function BrandSample({ name, logoUrl, primaryColor, font, footer }: Props) {
  const sample = useRef<HTMLDivElement>(null);
  const face = useFace();
  const color = primaryColor || face.primaryColor;
  useEffect(() => {
    if (sample.current) dress(sample.current, { primaryColor: color, font: font || face.font });
  }, [color, font, face.font]);
  return (
    <div ref={sample} aria-hidden="true" className="grid grid-cols-2 gap-2">
      {grounds.map((ground) => (
        <div key={ground} className={`sample space-y-3 rounded-xl border bg-card p-3 font-sans text-ink ${ground}`}>
          <div className="rounded-lg bg-tint px-2.5 py-1.5 font-medium text-link">{say('section.conversations')}</div>
          <div className="px-2.5 text-dim">{say('section.analytics')}</div>
          <div className="rounded-lg border border-edge bg-fill px-3 py-1.5 text-center font-medium text-label">{say('save')}</div>
        </div>
      ))}
      {grounds.map((ground) => (
        <div key={`mail ${ground}`} className={`sample flex flex-col gap-3 rounded-xl border bg-card p-3 font-sans text-ink ${ground}`}>
          <div className="flex items-center gap-2 font-semibold">
            <Badge name={name} logoUrl={logoUrl ?? face.logoUrl} />
            <span dir="auto" className="truncate">
              {name}
            </span>
          </div>
          <p className="text-[15px] font-semibold">{say('invitation.to', { name })}</p>
          <div className="self-start rounded-lg border border-edge bg-fill px-3 py-1.5 font-medium text-label">{say('accept')}</div>
          <p className="mt-auto border-t pt-2 text-[12px] whitespace-pre-line text-dim empty:hidden">{footer ?? face.footer}</p>
        </div>
      ))}
    </div>
  );
}
