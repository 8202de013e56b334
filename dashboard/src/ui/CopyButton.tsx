import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { say } from '../words/say';
import { IconButton } from './Button';
import { toast } from './toast';

const shown = 2_000;

// CopyButton copies a text, and says that it has.
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(false), shown);
    return () => clearTimeout(timer);
  }, [done]);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setDone(true);
    } catch {
      toast({ title: say('copy.failed', { text }), bad: true });
    }
  }
  return (
    <IconButton label={done ? say('copied') : label} onClick={copy}>
      {done ? <Check aria-hidden="true" className="size-4 text-good" /> : <Copy aria-hidden="true" className="size-4" />}
    </IconButton>
  );
}
