import { type ReactNode, useEffect, useRef } from 'react';
import { Foot } from '../brand/Foot';
import { Head } from '../brand/Head';
import { Spinner } from '../ui/Spinner';

let before = '';

// Card is what is shown to who is not in yet: one thing at a time, under whose
// name the page stands. Readers of screens are taken to its heading when it
// follows on something else.
export function Card({ title, children }: { title: string; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
    if (before && before !== title) heading.current?.focus();
    before = title;
  }, [title]);
  return (
    <Frame>
      <header className="mb-7 flex min-h-10 items-center gap-3 empty:hidden">
        <Head />
      </header>
      <h1 ref={heading} tabIndex={-1} className="mb-3 text-2xl leading-tight font-semibold tracking-tight text-balance">
        {title}
      </h1>
      {children}
    </Frame>
  );
}

// Waiting is a card before there is anything to show.
export const Waiting = () => (
  <Frame busy>
    <div className="grid min-h-40 place-items-center text-dim">
      <Spinner />
    </div>
  </Frame>
);

const Frame = ({ busy = false, children }: { busy?: boolean; children: ReactNode }) => (
  <div className="flex min-h-dvh flex-col items-center bg-card pb-8 text-base sm:bg-page sm:px-4 sm:py-12">
    <main
      aria-busy={busy}
      className="mb-6 w-full max-w-110 bg-card px-5 py-8 sm:mt-auto sm:rounded-2xl sm:border sm:p-10 sm:shadow-[0_1px_2px_rgb(0_0_0/0.04),0_8px_24px_rgb(0_0_0/0.05)]"
    >
      {children}
    </main>
    <div className="mb-auto max-w-110 px-5">
      <Foot />
    </div>
  </div>
);

export const Sentence = ({ children }: { children: ReactNode }) => <p className="mb-4">{children}</p>;
