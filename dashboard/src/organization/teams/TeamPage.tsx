import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog } from '../../ui/Dialog';
import { EditForm, useDraft } from '../../ui/EditForm';
import { Failed } from '../../ui/Empty';
import { Choice, Input, TextArea } from '../../ui/Field';
import { toast } from '../../ui/toast';
import { moment } from '../../words/format';
import { say } from '../../words/say';
import { sentence } from '../../words/trouble';
import { useOrganizationId, useReadOnly } from '../organization';
import { Members } from './Members';
import { routings } from './NewTeam';
import { latestTeam, setMember, type Team, updateTeam, useTeam } from './teams';

const route = getRouteApi('/in/organizations/$org/teams/$team');

// TeamPage changes a team, over the list of teams. Members come and go at once.
export function TeamPage() {
  const o = useOrganizationId();
  const { team: t } = route.useParams();
  const { data, error, refetch } = useTeam(o, t);
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/organizations/$org/teams', params: { org: o }, search: true });
  return (
    <Dialog wide title={data ? data.label || data.key : say('team')} onClose={close}>
      {data ? (
        <TeamForm key={data.key} team={data} onSaved={close} />
      ) : error ? (
        <Failed error={error} again={refetch} />
      ) : (
        <div className="ghost h-80" />
      )}
    </Dialog>
  );
}

function TeamForm({ team, onSaved }: { team: Team; onSaved: () => void }) {
  const o = useOrganizationId();
  const readOnly = useReadOnly();
  const draft = useDraft(team);
  const { now, set } = draft;
  async function change(u: string, on: boolean) {
    try {
      await setMember(o, team, u, on);
    } catch (error) {
      toast({ title: sentence(error), bad: true });
    }
  }
  return (
    <>
      <EditForm
        draft={draft}
        readOnly={readOnly}
        save={(edits, version) => updateTeam(o, team.key, edits, version)}
        latest={() => latestTeam(o, team.key)}
        onSaved={({ label }) => {
          toast({ title: say('saved', { what: label || team.key }) });
          onSaved();
        }}
        named={{
          label: [say('team.label')],
          description: [say('description')],
          routing: [say('team.routing'), (routing) => say(`routing.${routing}`)],
        }}
      >
        <p className="flex flex-wrap items-center gap-1 text-dim">
          {say('team.key')}: <code className="rounded bg-wash px-1.5 py-0.5 text-[13px]">{team.key}</code>
          <CopyButton text={team.key} label={say('team.key.copy', { key: team.key })} />
          <span>{say('changed.at', { at: moment(new Date(team.updatedAt)) })}</span>
        </p>
        <Input label={say('team.label')} name="label" readOnly={readOnly} value={now.label} onValueChange={(label) => set({ label })} />
        <TextArea
          label={say('description')}
          name="description"
          rows={2}
          readOnly={readOnly}
          value={now.description}
          onValueChange={(description) => set({ description })}
        />
        <Choice
          label={say('team.routing')}
          name="routing"
          disabled={readOnly}
          value={now.routing}
          hint={say('routing.hint')}
          onValueChange={(value) => set({ routing: routings.find((routing) => routing === value) })}
          options={routings.map((routing) => [routing, say(`routing.${routing}`)])}
        />
      </EditForm>
      <div className="mt-6 border-t pt-4">
        <Members value={team.members} readOnly={readOnly} onChange={(u, on) => void change(u, on)} />
      </div>
    </>
  );
}
