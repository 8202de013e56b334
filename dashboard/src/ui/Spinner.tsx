// Spinner is seen only: who hears the page is told by what is busy.
export const Spinner = () => (
  <span
    aria-hidden="true"
    className="inline-block size-4 flex-none animate-spin rounded-full border-2 border-current border-t-transparent opacity-70"
  />
);
