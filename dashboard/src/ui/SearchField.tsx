import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { say } from '../words/say';

const pause = 180;

interface Props {
  label: string;
  value: string;
  onSearch: (text: string) => void;
  // slash has the key / come here.
  slash?: boolean;
}

// SearchField searches while one types, once one has stopped for a moment.
export function SearchField({ label, value, onSearch, slash }: Props) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const searched = useRef(value);

  useEffect(() => {
    if (value !== searched.current) setText(value); // by the address, as when going back
    searched.current = value;
  }, [value]);

  useEffect(() => {
    if (text === searched.current) return undefined;
    const timer = setTimeout(() => {
      searched.current = text;
      onSearch(text);
    }, pause);
    return () => clearTimeout(timer);
  }, [text, onSearch]);

  return (
    <div className="relative min-w-40 flex-1">
      <Search aria-hidden="true" className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-dim" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        data-slash={slash || undefined}
        aria-keyshortcuts={slash ? '/' : undefined}
        maxLength={120}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault(); // which would send a form that it is in
          if (event.key === 'Escape' && text) {
            event.stopPropagation();
            setText('');
          }
        }}
        className="control w-full rounded-lg border border-line bg-card pr-9 pl-9 placeholder:text-dim hover:border-frame [&::-webkit-search-cancel-button]:hidden"
      />
      {text ? (
        <button
          type="button"
          aria-label={say('search.clear')}
          className="absolute top-1/2 right-1.5 grid size-6 -translate-y-1/2 place-items-center rounded text-dim hover:bg-wash hover:text-ink"
          onClick={() => {
            setText('');
            input.current?.focus();
          }}
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      ) : (
        slash && (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 rounded border px-1.5 text-[11px] text-dim max-sm:hidden pointer-coarse:hidden"
          >
            /
          </span>
        )
      )}
    </div>
  );
}
