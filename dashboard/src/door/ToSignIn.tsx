import { Link } from '@tanstack/react-router';
import { buttonLook } from '../ui/Button';
import { say } from '../words/say';

export const ToSignIn = () => (
  <Link to="/sign-in" className={buttonLook({ kind: 'strong', wide: true })}>
    {say('signIn')}
  </Link>
);
