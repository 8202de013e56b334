import { type ComponentProps, useState } from 'react';
import { usePrincipal } from '../api/me';
import { Badge } from '../brand/Badge';
import { later } from '../ui/later';
import { say } from '../words/say';

const AccountMenu = later(async () => {
  // What may have to be said of signing out is loaded with it: that can fail for who is offline.
  const [{ AccountMenu }] = await Promise.all([import('./AccountMenu'), import('../ui/Toasts')]);
  return AccountMenu;
});

// Account is the button of what one can do about oneself. Its menu is loaded when
// it is wanted for the first time.
export function Account({ wide }: { wide?: boolean }) {
  const [wanted, setWanted] = useState(false);
  const button = <AccountButton wide={wide} />;
  if (!wanted) return <AccountButton wide={wide} aria-haspopup="menu" onClick={() => setWanted(true)} />;
  return <AccountMenu wide={wide} trigger={button} meanwhile={button} />;
}

function AccountButton({ wide, ...rest }: ComponentProps<'button'> & { wide?: boolean }) {
  const { name, avatarUrl } = usePrincipal();
  return (
    <button
      type="button"
      {...rest}
      aria-label={wide ? undefined : say('account', { name })}
      className={`control flex items-center gap-2.5 rounded-lg p-1 text-start hover:bg-wash ${wide ? 'w-full px-2' : ''}`}
    >
      <Badge name={name} logoUrl={avatarUrl} size="size-7" />
      {wide && (
        <span dir="auto" className="min-w-0 truncate">
          {name}
        </span>
      )}
    </button>
  );
}
