import { type ReactNode, useEffect, useRef } from 'react';
import { useFace } from '../brand/face';

interface Props {
  title: string;
  // name is the browser's title, where that says more.
  name?: string;
  about?: ReactNode;
  // actions stand beside the title.
  actions?: ReactNode;
  children: ReactNode;
}

// Page is a view under its title, which is the browser's, too.
export function Page({ title, name = title, about, actions, children }: Props) {
  useTitle(name);
  const heading = useRef<HTMLHeadingElement>(null);
  // Who came by something that is gone now, such as a button, is taken here.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-5 sm:px-6 sm:py-7">
      <div className="mb-5 flex min-h-9 flex-wrap items-center justify-between gap-3">
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

// useTitle gives the browser's tab a title, with whose page it is at the end.
export function useTitle(title: string) {
  const { name } = useFace();
  useEffect(() => {
    document.title = !name || title.endsWith(name) ? title : `${title} · ${name}`;
  }, [title, name]);
}
