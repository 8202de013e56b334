// The pictures of sections: those of every dashboard, and those that an agency can
// choose for the tabs that it adds.
import {
  BarChart3,
  BookOpen,
  Calendar,
  CreditCard,
  FileText,
  Heart,
  Home,
  LifeBuoy,
  type LucideIcon,
  MessagesSquare,
  PanelsTopLeft,
  Phone,
  Radio,
  Settings,
  ShoppingBag,
  Sparkles,
  Star,
  UsersRound,
} from 'lucide-react';

const ofSections: Record<string, LucideIcon> = {
  home: Home,
  conversations: MessagesSquare,
  analytics: BarChart3,
  knowledge_base: BookOpen,
  channels: Radio,
  prompt: Sparkles,
  settings: Settings,
};

// chosen are the icons of tabs, by what the API calls them.
const chosen = {
  book: BookOpen,
  calendar: Calendar,
  card: CreditCard,
  chart: BarChart3,
  chat: MessagesSquare,
  file: FileText,
  heart: Heart,
  help: LifeBuoy,
  people: UsersRound,
  phone: Phone,
  shop: ShoppingBag,
  star: Star,
};

export type Icon = keyof typeof chosen;
export const icons = Object.keys(chosen) as Icon[];

// iconOf is the picture of a section; a tab's own icon, where it is a known one.
export const iconOf = (key: string, icon = ''): LucideIcon =>
  ofSections[key] ?? (Object.hasOwn(chosen, icon) ? chosen[icon as Icon] : PanelsTopLeft);
