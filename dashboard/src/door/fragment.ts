import { useLocation } from '@tanstack/react-router';

// useFragment is what rides behind the # of a link: browsers send it to nobody.
export const useFragment = () => useLocation({ select: ({ hash }) => hash });
