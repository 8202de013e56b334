import { say } from '../words/say';
import { useFace } from './face';

const isLink = (address?: string) => /^https?:\/\//.test(address ?? '');

// Foot is what the agency wants to stand below.
export function Foot() {
  const face = useFace();
  const links = (['website', 'privacy', 'terms'] as const).filter((name) => isLink(face[`${name}Url`]));
  return (
    <footer className="text-center text-[13px] whitespace-pre-line text-dim">
      {face.footer && <p className="mb-2">{face.footer}</p>}
      {links.length > 0 && (
        <nav className="flex flex-wrap justify-center gap-x-4 gap-y-1">
          {links.map((name) => (
            <a key={name} href={face[`${name}Url`]} target="_blank" rel="noreferrer" className="underline">
              {say(name)}
            </a>
          ))}
        </nav>
      )}
    </footer>
  );
}
