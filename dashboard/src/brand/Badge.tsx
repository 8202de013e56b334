import { useState } from 'react';
import { initial } from './face';

interface Props {
  name: string;
  logoUrl?: string | null;
  // size is the side of the square, by Tailwind's scale.
  size?: string;
}

// Badge is a small square for somebody or something: its picture, else the first
// letter of its name. The name itself stands beside it.
export function Badge({ name, logoUrl, size = 'size-8' }: Props) {
  const [lost, setLost] = useState('');
  if (logoUrl && logoUrl !== lost) {
    return (
      <img
        src={logoUrl}
        alt=""
        loading="lazy"
        className={`${size} flex-none rounded-lg bg-white object-contain ring-1 ring-line`}
        onError={() => setLost(logoUrl)}
      />
    );
  }
  return (
    <span
      aria-hidden="true"
      className={`${size} grid flex-none place-items-center rounded-lg bg-wash text-[13px] font-semibold text-dim ring-1 ring-line`}
    >
      {initial(name)}
    </span>
  );
}
