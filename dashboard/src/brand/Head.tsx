import { useState } from 'react';
import { initial, useFace } from './face';

// Head is the logo of whose page it is, or else an initial and the name.
export function Head() {
  const { name, logoUrl } = useFace();
  const [lost, setLost] = useState('');
  if (!name) return null;
  if (logoUrl && logoUrl !== lost) {
    // Logos are made for white paper: in the dark they bring some along.
    return (
      <img
        className="logo max-h-12 max-w-50 rounded bg-[light-dark(transparent,#fff)] shadow-[0_0_0_8px_light-dark(transparent,#fff)]"
        src={logoUrl}
        alt={name}
        onError={() => setLost(logoUrl)}
      />
    );
  }
  return (
    <>
      <span
        aria-hidden="true"
        className="initial grid size-9 flex-none place-items-center rounded-lg border border-edge bg-fill font-semibold text-label"
      >
        {initial(name)}
      </span>
      <span className="font-semibold">{name}</span>
    </>
  );
}
