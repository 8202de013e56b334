import { ArrowDown, ArrowUp } from 'lucide-react';
import { inOrder, titleOf } from '../../client/sections';
import { Button, IconButton } from '../../ui/Button';
import { say } from '../../words/say';

interface Props {
  value: string[];
  // tabs are the sections that the agency has added.
  tabs: { key: string; title: string }[];
  onChange: (value: string[]) => void;
  readOnly?: boolean;
}

// TabOrder is in which order a dashboard has its tabs.
export function TabOrder({ value, tabs, onChange, readOnly }: Props) {
  const keys = inOrder(tabs, value);
  function move(at: number, by: number) {
    const moved = [...keys];
    const [key] = moved.splice(at, 1);
    if (key) moved.splice(at + by, 0, key);
    onChange(moved);
  }
  return (
    <>
      <ol className="divide-y rounded-xl border">
        {keys.map((key, i) => {
          const title = titleOf(key, tabs);
          return (
            <li key={key} className="flex items-center gap-1 py-0.5 ps-3 pe-1">
              <span dir="auto" className="min-w-0 flex-1 truncate">
                {title}
              </span>
              {!readOnly && (
                <>
                  <IconButton label={say('tab.up', { title })} disabled={i === 0} onClick={() => move(i, -1)}>
                    <ArrowUp aria-hidden="true" className="size-4" />
                  </IconButton>
                  <IconButton label={say('tab.down', { title })} disabled={i === keys.length - 1} onClick={() => move(i, 1)}>
                    <ArrowDown aria-hidden="true" className="size-4" />
                  </IconButton>
                </>
              )}
            </li>
          );
        })}
      </ol>
      {!readOnly && value.length > 0 && (
        <Button kind="quiet" onClick={() => onChange([])}>
          {say('tabOrder.usual')}
        </Button>
      )}
    </>
  );
}
