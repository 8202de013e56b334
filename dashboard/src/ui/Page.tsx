import { type ReactNode, useEffect, useRef } from 'react';

interface Props {
  title: string;
  about?: ReactNode;
  // actions stand beside the title.
  actions?: ReactNode;
  children: ReactNode;
}

// Page is a view under its title, which is the browser's, too.
export function Page({ title, about, actions, children }: Props) {
  useTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  // Who came by something that is gone now, such as a button, is taken here.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-5 sm:px-6 sm:py-7">
      <div className="mb-5 flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0">
          <h1 ref={heading} tabIndex={-1} dir="auto" className="text-xl font-semibold tracking-tight text-balance">
            {title}
          </h1>
          {about && <p className="mt-0.5 text-dim">{about}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

export function useTitle(title: string) {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
