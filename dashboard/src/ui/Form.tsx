import { Form as Base } from '@base-ui/react/form';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { isRefusal } from '../api/refusal';
import { say } from '../words/say';
import { isKnown, sentence } from '../words/trouble';
import { Button, type ButtonLook } from './Button';
import { faultIn } from './faults';
import { Notice } from './Notice';

export type Faults = Record<string, string>;

const State = createContext({ busy: false, notice: '' });

interface Props {
  // check finds what is wrong before anything is sent, by the names of fields.
  check?: (form: FormData) => Faults;
  send: (form: FormData) => Promise<unknown>;
  // refused deals with a refusal itself; what it leaves to the form is false.
  refused?: (error: unknown) => boolean | string;
  className?: string;
  children: ReactNode;
}

const none: Faults = {};

// faultsOf are what the API finds wrong with fields: in the reader's language where
// it is one that everybody meets, else as the API put it.
function faultsOf(error: unknown) {
  if (!isRefusal(error)) return [];
  const [first, ...others] = error.errors;
  const known = first && others.length === 0 && isKnown(error) ? sentence(error) : '';
  return error.errors.map(({ location, message }) => ({ name: location.replace(/^body\./, ''), message: known || faultIn(message) }));
}

// goTo brings the first field that is wrong into sight, and the keyboard to it.
function goTo(form: HTMLFormElement, faults: Faults) {
  const first = [...form.elements].find((element) => (element.getAttribute('name') ?? '') in faults);
  if (!(first instanceof HTMLElement)) return;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: 'center' });
}

// Form is sent once at a time. What is wrong stands beside the field that it is
// about, and else above the button; what was typed stays.
export function Form({ check, send, refused, className = 'space-y-4', children }: Props) {
  const [faults, setFaults] = useState<Faults>(none);
  const [notice, setNotice] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(form: HTMLFormElement) {
    const data = new FormData(form);
    const found = check?.(data) ?? none;
    setFaults(found);
    setNotice('');
    if (Object.keys(found).length > 0) return goTo(form, found);
    setBusy(true);
    try {
      await send(data);
    } catch (error) {
      const dealt = refused?.(error);
      if (typeof dealt === 'string') setNotice(dealt);
      else if (!dealt) tell(form, error);
    } finally {
      setBusy(false);
    }
  }

  function tell(form: HTMLFormElement, error: unknown) {
    const errors = faultsOf(error);
    const here = (name: string) => form.elements.namedItem(name) !== null;
    const others = errors.filter(({ name }) => !here(name)).map(({ name, message }) => `${name}: ${message}`);
    const found = Object.fromEntries(errors.filter(({ name }) => here(name)).map(({ name, message }) => [name, message]));
    setFaults(found);
    goTo(form, found);
    setNotice(errors.length === 0 ? sentence(error) : others.join('\n'));
  }

  return (
    <State value={{ busy, notice }}>
      <Base
        noValidate
        errors={faults}
        aria-busy={busy}
        className={className}
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation(); // a form in a dialog of a form is not that form
          if (!busy) void submit(event.currentTarget);
        }}
      >
        {children}
      </Base>
    </State>
  );
}

export const useForm = () => useContext(State);

// Submit is the button that sends the form, below what went wrong with it.
export function Submit({ label = say('save'), wide, kind = 'strong', children }: ButtonLook & { label?: string; children?: ReactNode }) {
  const { busy, notice } = useContext(State);
  return (
    <div className={wide ? 'space-y-2' : 'pinned space-y-2'}>
      <Notice>{notice}</Notice>
      <div className={wide ? 'space-y-2' : 'flex flex-wrap justify-end gap-2'}>
        {!wide && (
          <fieldset disabled={busy} className="contents">
            {children}
          </fieldset>
        )}
        <Button kind={kind} wide={wide} type="submit" busy={busy}>
          {label}
        </Button>
        {wide && children}
      </div>
    </div>
  );
}

// text is what was typed into a field, without the space around it.
export const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim();
