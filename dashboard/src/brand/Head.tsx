import { useState } from 'react';
import { initial, useFace } from './face';

// Head is the logo of whose page it is, or else an initial and the name. Within the
// dashboard it is small, and the name is always there.
export function Head({ small }: { small?: boolean }) {
  const { name, logoUrl } = useFace();
  const [lost, setLost] = useState('');
  if (!name) return null;
  const spelled = (
    <span dir="auto" className={`font-semibold ${small ? 'min-w-0 truncate' : ''}`}>
      {name}
    </span>
  );
  if (logoUrl && logoUrl !== lost) {
    // Logos are made for white paper: in the dark they bring some along.
    return (
      <>
        <img
          className={`logo rounded bg-[light-dark(transparent,#fff)] ${small ? 'max-h-8 max-w-24 shadow-[0_0_0_3px_light-dark(transparent,#fff)]' : 'max-h-12 max-w-50 shadow-[0_0_0_8px_light-dark(transparent,#fff)]'}`}
          src={logoUrl}
          alt={small ? '' : name}
          onError={() => setLost(logoUrl)}
        />
        {small && spelled}
      </>
    );
  }
  return (
    <>
      <span
        aria-hidden="true"
        className={`initial grid flex-none place-items-center rounded-lg border border-edge bg-fill font-semibold text-label ${small ? 'size-8' : 'size-9'}`}
      >
        {initial(name)}
      </span>
      {spelled}
    </>
  );
}
