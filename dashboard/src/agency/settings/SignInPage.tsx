import { usePrincipal } from '../../api/me';
import { SignInView } from './SignInView';
import { useSettings } from './useSettings';

// SignInPage is whose word the agency takes on who its staff are: owners say that.
export function SignInPage() {
  const { form } = useSettings();
  return <SignInView form={{ ...form, readOnly: usePrincipal().role !== 'owner' }} />;
}
