import { add } from '../../api/cache';
import { useMe } from '../../api/me';
import { upload } from '../../logo/upload';
import { createOrganization } from '../../organization/changes';
import type { Organization } from '../../organization/organization';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { NewClient } from './NewClient';

interface Props {
  onOpened: (organization: Organization) => void;
  onClose: () => void;
}

// OpenClient opens a client over the list of them.
export const OpenClient = ({ onOpened, onClose }: Props) => (
  <NewClient
    language={useMe().workspace.language}
    create={createOrganization}
    upload={upload}
    onCreated={(organization) => {
      add('/v1/organizations', organization);
      toast({ title: say('client.created', { name: organization.name }) });
      onOpened(organization);
    }}
    onClose={onClose}
  />
);
