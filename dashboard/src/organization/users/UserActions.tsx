import { useNavigate } from '@tanstack/react-router';
import { CircleHelp, Ellipsis, Eye, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { usePrincipal } from '../../api/me';
import { IconButton } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { later } from '../../ui/later';
import { Menu, MenuItem, MenuLine } from '../../ui/Menu';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { sentence } from '../../words/trouble';
import { useOrganizationId } from '../organization';
import { removeUser, type User, updateUser } from './users';

const Impersonate = later(async () => (await import('./Impersonate')).Impersonate);

const icon = 'size-4 flex-none text-dim';

// UserActions is what can be done about a user.
export function UserActions({ user, readOnly }: { user: User; readOnly: boolean }) {
  const o = useOrganizationId();
  const navigate = useNavigate();
  const { role } = usePrincipal();
  const [asking, setAsking] = useState<'remove' | 'suspend' | 'preview'>();
  const close = () => setAsking(undefined);
  const go = (to: '/organizations/$org/users/$user' | '/organizations/$org/users/$user/access') =>
    void navigate({ to, params: { org: o, user: user.id } });

  async function resume() {
    try {
      await updateUser(o, user.id, { status: 'active' });
      toast({ title: say('user.resumed', { name: user.name }) });
    } catch (error) {
      toast({ title: sentence(error), bad: true });
    }
  }

  return (
    <>
      <Menu
        trigger={
          <IconButton label={say('actions.of', { name: user.name })}>
            <Ellipsis aria-hidden="true" className="size-4" />
          </IconButton>
        }
      >
        {!readOnly && (
          <MenuItem icon={<Pencil aria-hidden="true" className={icon} />} onClick={() => go('/organizations/$org/users/$user')}>
            {say('edit')}
          </MenuItem>
        )}
        <MenuItem icon={<CircleHelp aria-hidden="true" className={icon} />} onClick={() => go('/organizations/$org/users/$user/access')}>
          {say('access.why', { name: user.name })}
        </MenuItem>
        {(role === 'owner' || role === 'admin') && user.status === 'active' && (
          <MenuItem icon={<Eye aria-hidden="true" className={icon} />} onClick={() => setAsking('preview')}>
            {say('preview.as', { name: user.name })}
          </MenuItem>
        )}
        {!readOnly && (
          <>
            <MenuLine />
            {user.status === 'suspended' ? (
              <MenuItem icon={<Play aria-hidden="true" className={icon} />} onClick={resume}>
                {say('user.resume')}
              </MenuItem>
            ) : (
              <MenuItem icon={<Pause aria-hidden="true" className={icon} />} onClick={() => setAsking('suspend')}>
                {say('user.suspend')}
              </MenuItem>
            )}
            <MenuItem danger icon={<Trash2 aria-hidden="true" className="size-4 flex-none" />} onClick={() => setAsking('remove')}>
              {say('user.remove')}
            </MenuItem>
          </>
        )}
      </Menu>
      {asking === 'remove' && (
        <Confirm
          title={say('user.remove.title', { name: user.name })}
          consequences={[say('user.remove.access'), say('user.remove.teams'), say('user.remove.log')]}
          action={say('user.remove')}
          send={async () => {
            await removeUser(o, user.id);
            toast({ title: say('user.removed', { name: user.name }) });
          }}
          onClose={close}
        />
      )}
      {asking === 'suspend' && (
        <Confirm
          title={say('user.suspend.title', { name: user.name })}
          consequences={[say('user.suspend.access'), say('user.suspend.handoffs'), say('user.suspend.kept')]}
          action={say('user.suspend')}
          send={() => updateUser(o, user.id, { status: 'suspended' })}
          onClose={close}
        />
      )}
      {asking === 'preview' && <Impersonate user={user} onClose={close} />}
    </>
  );
}
