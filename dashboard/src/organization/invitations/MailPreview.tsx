import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Failed } from '../../ui/Empty';
import { MailFrame } from '../../ui/MailFrame';
import { languageName } from '../../words/format';
import { languages, say } from '../../words/say';
import { useOrganizationId } from '../organization';
import { type Draft, preview } from './invitations';

// shown brings it into sight: it comes at the end of a long form.
const shown = (section: HTMLElement | null) => section?.scrollIntoView({ block: 'start' });

// MailPreview is the mail as it will be sent, in each language.
export function MailPreview({ draft, language }: { draft: Draft; language: string }) {
  const o = useOrganizationId();
  const [chosen, setChosen] = useState<string>();
  const spoken = chosen ?? language;
  const asked = useDeferredValue(JSON.stringify({ ...draft, language: spoken }));
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['preview', o, asked],
    queryFn: () => preview(o, JSON.parse(asked)),
    placeholderData: keepPreviousData,
  });
  return (
    <section ref={shown} aria-label={say('preview.mail')} aria-busy={isFetching} className="rounded-xl border">
      <div className="flex gap-1 overflow-x-auto border-b p-1.5">
        {languages.map((tag) => (
          <button
            key={tag}
            type="button"
            lang={tag}
            aria-pressed={tag === spoken}
            onClick={() => setChosen(tag)}
            className="control flex-none rounded-lg px-2.5 text-dim hover:bg-wash aria-pressed:bg-tint aria-pressed:font-medium aria-pressed:text-link"
          >
            {languageName(tag)}
          </button>
        ))}
      </div>
      {error ? (
        <Failed error={error} again={refetch} />
      ) : data ? (
        <>
          <p className="border-b px-4 py-2.5">
            <span className="text-dim">{say('mail.subject')}: </span>
            <b className="font-medium">{data.subject}</b>
          </p>
          <MailFrame html={data.html} title={data.subject} />
        </>
      ) : (
        <div className="ghost m-3 h-64" />
      )}
    </section>
  );
}
