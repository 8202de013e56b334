import { CopyButton } from '../../ui/CopyButton';
import { Dialog } from '../../ui/Dialog';
import { EditForm, type Editing, useDraft } from '../../ui/EditForm';
import { Choice, Input, TextArea } from '../../ui/Field';
import { type Answer, Loaded } from '../../ui/Loaded';
import { moment } from '../../words/format';
import { say } from '../../words/say';
import type { MembersOf } from './Members';
import { routings } from './NewTeam';
import type { Team } from './teams';

interface Form extends Editing<Team> {
  members: MembersOf;
  onMember: (team: Team, user: string, member: boolean) => void;
}

interface Props extends Form {
  answer: Answer<Team>;
  onClose: () => void;
}

// TeamView is a team, to be changed. Members come and go at once.
export const TeamView = ({ answer, onClose, ...form }: Props) => (
  <Dialog wide title={answer.data ? answer.data.label || answer.data.key : say('team')} onClose={onClose}>
    <Loaded answer={answer} outline="h-80" label={say('team')}>
      {(team) => <TeamForm key={team.key} team={team} {...form} />}
    </Loaded>
  </Dialog>
);

function TeamForm({ team, members, onMember, ...editing }: Form & { team: Team }) {
  const { readOnly } = editing;
  const draft = useDraft(team);
  const { now, set } = draft;
  return (
    <>
      <EditForm {...editing} draft={draft}>
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
        {members({ value: team.members, readOnly, onChange: (user, member) => onMember(team, user, member) })}
      </div>
    </>
  );
}
