import { ArrowLeftRight, LogOut } from 'lucide-react';
import { type ReactElement, useEffect } from 'react';
import { useMe, usePrincipal } from '../api/me';
import * as theming from '../brand/theme';
import { open, useBecome } from '../door/Choose';
import { useSignOut } from '../door/SignOut';
import { Menu, MenuChoice, MenuItem, MenuLine, MenuNote } from '../ui/Menu';
import { toast } from '../ui/toast';
import { say } from '../words/say';
import { OwnChoices } from './OwnChoices';

// AccountMenu is what one can do about oneself: what one says of oneself, the theme,
// being somebody else, and signing out.
export function AccountMenu({ wide, trigger }: { wide?: boolean; trigger: ReactElement }) {
  const me = useMe();
  const { id, name, email, type, actor } = usePrincipal();
  const theme = theming.useTheme();
  const become = useBecome();
  const { leave, notice } = useSignOut();
  const others = actor ? [] : open(me).filter((membership) => membership.id !== id);
  useEffect(() => {
    const wrong = notice || become.notice;
    if (wrong) toast({ title: wrong, bad: true });
  }, [notice, become.notice]);
  return (
    <Menu opened align={wide ? 'start' : 'end'} trigger={trigger}>
      <MenuNote>
        <b className="block font-medium text-ink">{name}</b>
        {email}
      </MenuNote>
      {type === 'user' && !actor && <OwnChoices />}
      <MenuLine />
      <MenuChoice
        label={say('theme')}
        value={theme}
        options={theming.themes.map((option) => [option, say(`theme.${option}`)] as const)}
        onChoose={theming.choose}
      />
      {others.length > 0 && <MenuLine />}
      {others.map(({ id, organization, role }) => (
        <MenuItem key={id} icon={<ArrowLeftRight aria-hidden="true" className="size-4 flex-none text-dim" />} onClick={() => become.as(id)}>
          <span className="min-w-0">
            {say('switchTo', { name: organization?.name ?? me.workspace.name })}
            <span className="block text-[13px] text-dim">{say(`role.${role}`)}</span>
          </span>
        </MenuItem>
      ))}
      {!actor && (
        <>
          <MenuLine />
          <MenuItem icon={<LogOut aria-hidden="true" className="size-4 text-dim" />} onClick={leave}>
            {say('signOut')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
