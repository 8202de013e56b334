import { useState } from 'react';

interface Props {
  label: string;
  // value is a day, such as 2026-11-15.
  value?: string;
  onPick: (day?: string) => void;
}

// Who types a year passes by the years 2, 20 and 202.
const isDay = (text: string) => /^(19|20|21)\d\d-/.test(text);

// DayField takes a day, and is told of it once it is typed to its end.
export function DayField({ label, value = '', onPick }: Props) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  return (
    <label className="flex items-center gap-2 text-dim">
      {label}
      <input
        type="date"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          if (isDay(target.value)) onPick(target.value);
        }}
        onBlur={({ target }) => {
          if (!target.value && value) onPick();
        }}
        className="control rounded-lg border bg-card px-2 text-ink"
      />
    </label>
  );
}
