interface Props<T extends string> {
  label: string;
  value: T;
  options: (readonly [T, string])[];
  onPick: (value: string) => void;
  // wide is as wide as what is picked.
  wide?: boolean;
}

// Picker narrows a list down to one of a few kinds, as the device offers them; a wide
// one chooses what is shown, and always has something chosen.
export const Picker = <T extends string>({ label, value, options, onPick, wide }: Props<T>) => (
  <select
    aria-label={label}
    value={value}
    onChange={(event) => onPick(event.target.value)}
    className={`control rounded-lg border bg-card px-2 hover:border-frame ${wide ? 'max-w-full' : 'max-w-36'} ${wide ? 'border-frame' : value ? 'border-link text-link' : 'border-line text-dim'}`}
  >
    {options.map(([option, text]) => (
      <option key={option} value={option}>
        {text}
      </option>
    ))}
  </select>
);
