import { api, queries } from '../api/client';
import { type Me, meet, meQuery, usePrincipal } from '../api/me';
import { MenuChoice, MenuLine } from '../ui/Menu';
import { toast } from '../ui/toast';
import { languageName } from '../words/format';
import { type Language, language, languages, say } from '../words/say';
import { sentence } from '../words/trouble';

const availabilities = ['online', 'away', 'offline'] as const;
type Availability = (typeof availabilities)[number];

// OwnChoices are what a client's person says of themselves: whether they take
// chats, and in which language they read.
export function OwnChoices() {
  const { availability = 'offline' } = usePrincipal();
  return (
    <>
      <MenuLine />
      <MenuChoice
        label={say('availability')}
        value={availability}
        options={availabilities.map((option) => [option, say(`status.${option}`)] as const)}
        onChoose={(next) => change({ availability: next })}
      />
      <MenuLine />
      <MenuChoice
        label={say('language')}
        value={language()}
        options={languages.map((tag) => [tag, languageName(tag)] as const)}
        onChoose={(next) => change({ language: next })}
      />
    </>
  );
}

// change changes what one says of oneself: at once, and back where it is refused.
async function change(next: { availability?: Availability; language?: Language }) {
  const before = queries.getQueryData(meQuery.queryKey);
  queries.setQueryData<Me>(meQuery.queryKey as readonly unknown[], (me) =>
    me?.principal ? { ...me, principal: { ...me.principal, ...next } } : me,
  );
  try {
    const { data } = await api.PATCH('/v1/me', { body: next });
    if (data) queries.setQueryData(meQuery.queryKey, data);
    await meet();
  } catch (error) {
    queries.setQueryData(meQuery.queryKey, before);
    toast({ title: sentence(error), bad: true });
  }
}
