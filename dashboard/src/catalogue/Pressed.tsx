import { type ReactNode, useLayoutEffect } from 'react';

const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;

// change is as if somebody had typed more into a field.
function change(field: HTMLInputElement) {
  write?.call(field, `${field.value}x`);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

// Pressed is a form after somebody has changed its first field and pressed its
// button: how it looks then depends on what its sending comes to.
export function Pressed({ children }: { children: ReactNode }) {
  useLayoutEffect(() => {
    const { dataset } = document.body;
    dataset.pressing = 'now'; // for tests, which look when it is done
    // A dialog stands elsewhere in the document, and some moments later.
    const pressing = setTimeout(() => {
      const form = document.querySelector('form');
      const field = form?.querySelector<HTMLInputElement>('input[type=text], input:not([type])');
      if (field) change(field);
      setTimeout(() => {
        form?.requestSubmit();
        setTimeout(() => delete dataset.pressing, 50);
      });
    }, 50);
    return () => clearTimeout(pressing);
  }, []);
  return children;
}
