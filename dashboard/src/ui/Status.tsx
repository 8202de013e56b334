import { say } from '../words/say';

const tones = {
  active: 'bg-good-wash text-good',
  accepted: 'bg-good-wash text-good',
  delivered: 'bg-good-wash text-good',
  verified: 'bg-good-wash text-good',
  online: 'bg-good-wash text-good',
  suspended: 'bg-warn-wash text-warn',
  paused: 'bg-warn-wash text-warn',
  deferred: 'bg-warn-wash text-warn',
  away: 'bg-warn-wash text-warn',
  deleted: 'bg-bad-wash text-bad',
  bounced: 'bg-bad-wash text-bad',
  complained: 'bg-bad-wash text-bad',
  suppressed: 'bg-bad-wash text-bad',
  failed: 'bg-bad-wash text-bad',
  archived: 'bg-mute text-dim',
  offline: 'bg-mute text-dim',
  invited: 'bg-mute text-ink',
  pending: 'bg-mute text-ink',
  queued: 'bg-mute text-ink',
  sent: 'bg-mute text-ink',
  declined: 'bg-mute text-dim',
  revoked: 'bg-mute text-dim',
  expired: 'bg-mute text-dim',
} as const;

export type StatusName = keyof typeof tones;

// Status is how something stands, in a word. Its colour says no more than that.
export const Status = ({ of }: { of: StatusName }) => (
  <span
    className={`inline-flex flex-none items-center rounded-full whitespace-nowrap px-2 py-0.5 text-[12px] leading-4 font-medium ${tones[of]}`}
  >
    {say(`status.${of}`)}
  </span>
);
