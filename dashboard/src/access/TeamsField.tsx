import { Check } from '../ui/Check';
import { say } from '../words/say';

interface Props {
  teams: { key: string; label: string }[];
  value: string[];
  onChange: (value: string[]) => void;
  readOnly?: boolean;
}

// TeamsField is which teams somebody is in.
export const TeamsField = ({ teams, value, onChange, readOnly }: Props) =>
  teams.length === 0 ? null : (
    <fieldset disabled={readOnly}>
      <legend className="mb-1 font-medium">{say('teams')}</legend>
      <div className="flex flex-wrap gap-x-5">
        {teams.map(({ key, label }) => (
          <Check
            key={key}
            label={<span dir="auto">{label}</span>}
            checked={value.includes(key)}
            onChange={(on) => onChange(on ? [...value, key] : value.filter((other) => other !== key))}
          />
        ))}
      </div>
    </fieldset>
  );
