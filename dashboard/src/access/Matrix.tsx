import { titleOf } from '../client/sections';
import { Button } from '../ui/Button';
import { say } from '../words/say';
import { type Grant, grants, lower, type Preset, presets, type Sections, under } from './grants';

interface Props {
  legend: string;
  // keys are the sections, in order.
  keys: string[];
  tabs: { key: string; title: string }[];
  value: Sections;
  onChange: (value: Sections) => void;
  // ceiling is the most that may be granted; what is above can't be chosen.
  ceiling?: Sections;
  // otherwise is what a section is at that value does not name.
  otherwise?: Grant;
  readOnly?: boolean;
}

const open: Sections = {};

// Matrix is what somebody may do, section by section, with a few ready-made answers.
export function Matrix({ legend, keys, tabs, value, onChange, ceiling = open, otherwise = 'none', readOnly }: Props) {
  const is = (preset: Preset) => keys.every((key) => (value[key] ?? otherwise) === under(preset, keys, ceiling)[key]);
  const full = () => Object.fromEntries(keys.map((key) => [key, value[key] ?? otherwise]));
  return (
    <fieldset disabled={readOnly}>
      <div className="mb-2 flex flex-wrap items-center gap-1.5">
        <legend className="contents">
          <span className="me-auto font-medium max-sm:w-full">{legend}</span>
        </legend>
        {!readOnly && (
          <>
            <span className="text-[13px] text-dim max-sm:w-full">{say('preset.from')}</span>
            {presets.map((preset) => (
              <Button
                key={preset}
                data-edits
                aria-pressed={is(preset)}
                onClick={() => onChange(under(preset, keys, ceiling))}
                className="aria-pressed:border-link aria-pressed:text-link"
              >
                {preset === 'nothing' ? say('grant.none') : say(`preset.${preset}`)}
              </Button>
            ))}
          </>
        )}
      </div>
      <div className="overflow-hidden rounded-xl border">
        {keys.map((key) => {
          const most = ceiling[key] ?? 'edit';
          const now = value[key] ?? otherwise;
          const title = titleOf(key, tabs);
          return (
            <div
              key={key}
              role="radiogroup"
              aria-label={title}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-1.5 last:border-0"
            >
              <span dir="auto" className="min-w-32 flex-1">
                {title}
                {most !== 'edit' && (
                  <span className="ms-2 text-[13px] text-dim">{say('ceiling.atMost', { grant: say(`grant.${most}`) })}</span>
                )}
              </span>
              <span className="flex flex-none rounded-lg border bg-wash p-0.5">
                {grants.map((grant) => (
                  <label
                    key={grant}
                    className="control relative inline-flex min-h-8! items-center rounded-md px-2.5 text-[13px] text-dim has-checked:bg-chosen has-checked:font-medium has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-link has-disabled:cursor-not-allowed has-disabled:opacity-45 has-checked:opacity-100!"
                  >
                    <input
                      type="radio"
                      name={`${legend}.${key}`}
                      className="absolute inset-0 cursor-[inherit] appearance-none opacity-0"
                      checked={now === grant}
                      disabled={lower(grant, most) !== grant}
                      onChange={() => onChange({ ...full(), [key]: grant })}
                    />
                    {say(`grant.${grant}`)}
                  </label>
                ))}
              </span>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
