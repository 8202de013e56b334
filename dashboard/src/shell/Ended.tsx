import * as session from '../api/session';
import { buttonLook } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { say } from '../words/say';

// Ended is shown over the page of whose session has ended, which stays as it is:
// what was typed is still there once they have signed in again, in another tab.
export function Ended() {
  if (session.pretending()) {
    return (
      <Dialog title={say('disguise.over')} onClose={leave}>
        <p className="mb-5">{say('disguise.over.text')}</p>
        <a href="/" onClick={leave} className={buttonLook({ kind: 'strong', wide: true })}>
          {say('disguise.stop')}
        </a>
      </Dialog>
    );
  }
  return (
    <Dialog title={say('ended.title')} onClose={() => session.setEnded(false)}>
      <p className="mb-5">{say('ended.stay')}</p>
      <a href="/sign-in" target="_blank" rel="noreferrer" className={buttonLook({ kind: 'strong', wide: true })}>
        {say('ended.signIn')}
      </a>
    </Dialog>
  );
}

function leave() {
  session.stopPretending();
  location.assign('/');
}
