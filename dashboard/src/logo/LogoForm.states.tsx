import type { Entry } from '../catalogue/main';
import { never } from '../catalogue/samples';
import { LogoForm } from './LogoForm';

const logo = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="teal"/></svg>';

export default {
  title: 'LogoForm',
  states: {
    default: () => <LogoForm url={logo} save={never} />,
    empty: () => <LogoForm url={null} save={never} />,
  },
} satisfies Entry;
