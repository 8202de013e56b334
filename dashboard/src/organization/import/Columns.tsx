import { Section } from '../../ui/Section';
import { say } from '../../words/say';
import { fields, type Mapping, needed } from './plan';

interface Props {
  header: string[];
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

// Columns is which column of a file is what.
export const Columns = ({ header, mapping, onChange }: Props) => (
  <Section title={say('import.mapping')} about={say('import.mapping.text')}>
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      {fields.map((field) => (
        <label key={field} className="block">
          <span className="mb-1 block font-medium">
            {say(`import.field.${field}`)}
            {needed.includes(field) && <span className="text-dim"> · {say('import.needed')}</span>}
          </span>
          <select
            value={mapping[field] ?? ''}
            onChange={(event) => onChange({ ...mapping, [field]: event.target.value === '' ? undefined : Number(event.target.value) })}
            className="control w-full rounded-lg border border-frame bg-card px-2"
          >
            <option value="">{say('import.none')}</option>
            {header.map((title, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place
              <option key={i} value={i}>
                {title || say('import.column', { n: i + 1 })}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  </Section>
);
