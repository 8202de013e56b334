import { type ReactNode, useId } from 'react';

// Section is a part of a page, under a heading.
export function Section({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-xl border bg-card p-4 sm:p-5">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      {about && <p className="mt-0.5 text-dim">{about}</p>}
      <div className="mt-4 space-y-4">{children}</div>
    </section>
  );
}
