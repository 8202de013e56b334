import { ImageUp } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../ui/Button';
import { later } from '../ui/later';
import { Notice } from '../ui/Notice';
import { say } from '../words/say';
import { load, NotAPicture, type Picture } from './picture';

const Cropper = later(async () => (await import('./Cropper')).Cropper);

interface Props {
  // url is the logo that there is.
  url?: string | null;
  // onChange is told of the logo as it is to be sent; null takes it away.
  onChange: (logo: Blob | null) => void;
}

// LogoField takes a picture that is dropped on it, pasted, or chosen, and has it
// cut and looked at before it is sent.
export function LogoField({ url, onChange }: Props) {
  const [picture, setPicture] = useState<Picture>();
  const [notice, setNotice] = useState('');
  const [over, setOver] = useState(false);
  const [gone, setGone] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  async function take(file?: Blob | null) {
    setOver(false);
    if (!file) return;
    try {
      const taken = await load(file);
      setPicture(taken);
      onChange(file); // as it is, until it is cut
      setNotice('');
      setGone(false);
    } catch (error) {
      setNotice(error instanceof NotAPicture && error.message === 'large' ? say('logo.large') : say('logo.unreadable'));
    }
  }

  useEffect(() => {
    const pasted = (event: ClipboardEvent) => {
      // Text that is pasted into a field may come with a picture of itself.
      if (
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea') &&
        event.clipboardData?.types.includes('text/plain')
      )
        return;
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (file) void take(file);
    };
    addEventListener('paste', pasted);
    return () => removeEventListener('paste', pasted);
  });

  function remove() {
    setPicture(undefined);
    setGone(true);
    onChange(null);
  }

  const there = url && !gone ? url : undefined;
  return (
    <div>
      <span id={id} className="mb-1 block font-medium">
        {say('logo')}
      </span>
      {picture ? (
        <Cropper picture={picture} onCut={onChange} meanwhile={<div className="ghost h-48" />} />
      ) : (
        <button
          type="button"
          aria-describedby={id}
          onClick={() => input.current?.click()}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            void take(event.dataTransfer.files[0]);
          }}
          className={`flex min-h-28 w-full flex-col items-center justify-center gap-1.5 rounded-xl border border-dashed p-4 text-center text-dim hover:border-ink hover:text-ink ${over ? 'border-link bg-tint' : 'border-frame'}`}
        >
          {there ? (
            <img src={there} alt={say('logo.now')} className="max-h-16 max-w-full rounded bg-white p-1" />
          ) : (
            <ImageUp aria-hidden="true" className="size-5" />
          )}
          <span>{say('logo.drop')}</span>
          <span className="text-[13px]">{say('logo.kinds')}</span>
        </button>
      )}
      <input
        ref={input}
        type="file"
        accept="image/*"
        aria-label={say('logo.choose')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <div className="mt-1">
        <Notice>{notice}</Notice>
      </div>
      {(picture || there) && (
        <div className="mt-2 flex gap-2">
          <Button onClick={() => input.current?.click()}>{say('logo.other')}</Button>
          <Button kind="quiet" onClick={remove}>
            {say('logo.remove')}
          </Button>
        </div>
      )}
    </div>
  );
}
