import { useEffect, useRef } from 'react';
import { say } from '../words/say';
import { dress, useFace } from './face';

// BrandSample is a piece of a dashboard in a brand, on light and on dark: what is
// written in its colour can be read, whatever that is.
export function BrandSample({ primaryColor, font }: { primaryColor: string; font: string }) {
  const sample = useRef<HTMLDivElement>(null);
  const face = useFace();
  const color = primaryColor || face.primaryColor;
  useEffect(() => {
    if (sample.current) dress(sample.current, { primaryColor: color, font: font || face.font });
  }, [color, font, face.font]);
  return (
    <div ref={sample} aria-hidden="true" className="grid grid-cols-2 gap-2">
      {(['light', 'dark'] as const).map((scheme) => (
        <div
          key={scheme}
          className={`sample space-y-3 rounded-xl border bg-card p-3 font-sans text-ink ${scheme === 'dark' ? 'scheme-dark' : 'scheme-light'}`}
        >
          <div className="rounded-lg bg-tint px-2.5 py-1.5 font-medium text-link">{say('section.conversations')}</div>
          <div className="px-2.5 text-dim">{say('section.analytics')}</div>
          <div className="rounded-lg border border-edge bg-fill px-3 py-1.5 text-center font-medium text-label">{say('save')}</div>
        </div>
      ))}
    </div>
  );
}
