import type { ReactNode } from 'react';

interface Props {
  label: ReactNode;
  hint?: ReactNode;
  name?: string;
  value?: string;
  checked?: boolean;
  defaultChecked?: boolean;
  disabled?: boolean;
  onChange?: (checked: boolean) => void;
}

// Check is something that is so or is not.
export const Check = ({ label, hint, onChange, ...rest }: Props) => (
  <label className="flex items-start gap-2.5 py-1">
    <input
      type="checkbox"
      {...rest}
      onChange={onChange && ((event) => onChange(event.target.checked))}
      className="mt-0.5 size-4 flex-none accent-(--link)"
    />
    <span className="min-w-0">
      {label}
      {hint && <span className="block text-[13px] text-dim">{hint}</span>}
    </span>
  </label>
);
