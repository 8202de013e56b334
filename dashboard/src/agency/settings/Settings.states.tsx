import type { ComponentType } from 'react';
import type { Entry } from '../../catalogue/main';
import { Pressed } from '../../catalogue/Pressed';
import { editing, never, workspace } from '../../catalogue/samples';
import { useDraft } from '../../ui/EditForm';
import { BrandView } from './BrandView';
import { MailView } from './MailView';
import { SignInView } from './SignInView';
import { TabsView } from './TabsView';
import type { Settings } from './useSettings';
import type { Workspace } from './workspace';

interface Props {
  of: ComponentType<Settings>;
  saved?: Workspace;
  save?: () => Promise<Workspace>;
  readOnly?: boolean;
}

function Sample({ of: View, saved = workspace, ...more }: Props) {
  return <View form={{ ...editing(saved), ...more, draft: useDraft(saved) }} />;
}

const saving = (view: Props['of']) => (
  <Pressed>
    <Sample of={view} save={never} />
  </Pressed>
);

export default {
  title: 'Settings',
  states: {
    brand: () => <Sample of={BrandView} />,
    'brand, read-only': () => <Sample of={BrandView} readOnly />,
    'brand, saving': () => saving(BrandView),
    mail: () => <Sample of={MailView} />,
    'mail, read-only': () => <Sample of={MailView} readOnly />,
    'mail, saving': () => saving(MailView),
    tabs: () => <Sample of={TabsView} />,
    'tabs, empty': () => <Sample of={TabsView} saved={{ ...workspace, customTabs: [] }} />,
    'tabs, read-only': () => <Sample of={TabsView} readOnly />,
    'sign-in': () => <Sample of={SignInView} />,
    'sign-in, read-only': () => <Sample of={SignInView} readOnly />,
  },
} satisfies Entry;
