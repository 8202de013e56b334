import { Field as Base } from '@base-ui/react/field';
import type { ReactElement, ReactNode } from 'react';

// look is how everything looks that something is typed into.
export const look =
  'control w-full rounded-lg border border-frame bg-card px-3 py-1.5 text-ink placeholder:text-dim aria-invalid:border-bad data-invalid:border-bad disabled:opacity-60 [&:is(input,textarea)]:read-only:bg-wash';

interface Frame {
  label: ReactNode;
  // name is the field's in the API: what is wrong with it is shown here.
  name: string;
  // hint says beforehand what is expected.
  hint?: ReactNode;
  className?: string;
}

interface Typed extends Frame {
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  readOnly?: boolean;
  disabled?: boolean;
  placeholder?: string;
  autoFocus?: boolean;
}

interface Attributes {
  type?: 'date';
  inputMode?: 'text' | 'email' | 'url' | 'numeric';
  autoComplete?: string;
}

interface Line {
  // type is what a keyboard offers; whether it is right is said by the form, in
  // the page's language, and not by the browser in its own.
  type?: 'text' | 'email' | 'url' | 'numeric' | 'date';
  autoComplete?: string;
}

// Field is a label, something to type into, what is expected and what is wrong.
// Every form has its fields by it.
export function Field({ label, name, hint, className = '', children }: Frame & { children: ReactNode }) {
  return (
    <Base.Root name={name} className={`block ${className}`}>
      <Base.Label className="mb-1 block font-medium">{label}</Base.Label>
      {children}
      {hint && <Base.Description className="mt-1 text-[13px] text-dim">{hint}</Base.Description>}
      <Base.Error className="mt-1 text-[13px] text-bad" />
    </Base.Root>
  );
}

function field({ label, name, hint, className, ...control }: Typed & Attributes, render?: ReactElement) {
  return (
    <Field {...{ label, name, hint, className }}>
      <Base.Control {...control} id={name} className={look} render={render} />
    </Field>
  );
}

// Input is a field of one line.
export const Input = ({ type, ...props }: Typed & Line) => field(type === 'date' ? { ...props, type } : { ...props, inputMode: type });

// TextArea is a field of several lines.
export const TextArea = ({ rows = 4, ...props }: Typed & { rows?: number }) => field(props, <textarea rows={rows} />);

// Choice is a field that takes one of a few, as the device offers them.
export const Choice = ({ options, ...props }: Typed & { options: (readonly [value: string, label: string])[] }) =>
  field(
    props,
    <select>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>,
  );
