import type { ReactNode } from 'react';
import { Badge } from './Badge';

interface Props {
  name: string;
  logoUrl?: string | null;
  // below is what else tells it from others, such as an address.
  below: string;
  // children is the name as it is shown, where that is more than its text.
  children?: ReactNode;
}

// Named is whom or what a row is about. On a phone each line keeps to one.
export const Named = ({ name, logoUrl, below, children = name }: Props) => (
  <div className="flex min-w-0 items-center gap-3">
    <Badge name={name} logoUrl={logoUrl} />
    <div className="min-w-0">
      <div dir="auto" className="font-medium max-sm:truncate">
        {children}
      </div>
      <div className="text-[13px] text-dim max-sm:truncate">{below}</div>
    </div>
  </div>
);
