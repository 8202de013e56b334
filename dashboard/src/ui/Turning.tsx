import { say } from '../words/say';
import { Button } from './Button';

interface Props {
  // cursor is where this page begins, and nextCursor where the next one does.
  cursor?: string;
  nextCursor?: string | null;
  // turn goes to another page: to the first without any cursor.
  turn: (cursor?: string) => void;
  // next is what the page that follows is called.
  next?: string;
}

// Turning turns the pages of a list whose place is in the address.
export const Turning = ({ cursor, nextCursor, turn, next = say('page.next') }: Props) =>
  (cursor || nextCursor) && (
    <div className="mt-3 flex justify-end gap-2">
      {cursor && <Button onClick={() => turn()}>{say('page.first')}</Button>}
      {nextCursor && <Button onClick={() => turn(nextCursor)}>{next}</Button>}
    </div>
  );
