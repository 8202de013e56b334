import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

interface Props {
  trigger: ReactElement;
  align?: 'start' | 'end';
  // opened is whether it is open from the beginning.
  opened?: boolean;
  children: ReactNode;
}

// Menu is what a button opens: things to do, grouped.
export function Menu({ trigger, align = 'end', opened, children }: Props) {
  return (
    <Base.Root defaultOpen={opened}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} className="z-50">
          <Base.Popup className="min-w-48 max-w-80 rounded-xl border border-line bg-raised p-1 shadow-xl">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const item =
  'control flex w-full cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-start data-highlighted:bg-wash data-disabled:opacity-50';

export const MenuItem = ({
  icon,
  danger,
  onClick,
  children,
}: {
  icon?: ReactNode;
  danger?: boolean;
  onClick: () => void;
  children: ReactNode;
}) => (
  <Base.Item onClick={onClick} className={`${item} ${danger ? 'text-bad' : ''}`}>
    {icon}
    {children}
  </Base.Item>
);

export const MenuLink = ({ icon, render, children }: { icon?: ReactNode; render: ReactElement; children: ReactNode }) => (
  <Base.Item render={render} className={item}>
    {icon}
    {children}
  </Base.Item>
);

export const MenuNote = ({ children }: { children: ReactNode }) => <div className="px-2.5 py-1.5 text-[13px] text-dim">{children}</div>;

export const MenuLine = () => <Base.Separator className="my-1 h-px bg-line" />;

// MenuChoice is one of several, of which one holds.
export function MenuChoice<T extends string>({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: T;
  options: (readonly [T, string])[];
  onChoose: (value: T) => void;
}) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChoose}>
      <Base.Group>
        <Base.GroupLabel className="px-2.5 pt-1.5 pb-0.5 text-[13px] text-dim">{label}</Base.GroupLabel>
        {options.map(([option, text]) => (
          <Base.RadioItem key={option} value={option} closeOnClick className={item}>
            <span className="size-4 flex-none">
              <Base.RadioItemIndicator>
                <Check aria-hidden="true" className="size-4" />
              </Base.RadioItemIndicator>
            </span>
            {text}
          </Base.RadioItem>
        ))}
      </Base.Group>
    </Base.RadioGroup>
  );
}
