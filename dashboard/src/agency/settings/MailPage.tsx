import { MailView } from './MailView';
import { useSettings } from './useSettings';

// MailPage is from whom the agency's mails come.
export const MailPage = () => <MailView {...useSettings()} />;
