import { useRouterState } from '@tanstack/react-router';

// useFragment is what rides behind the # of a link: browsers send it to nobody.
// On the way to another page it stays what it was.
export const useFragment = () => useRouterState({ select: ({ resolvedLocation, location }) => (resolvedLocation ?? location).hash });
