import type { Message } from '@rekindle/contracts';
import { IconInbox } from '@tabler/icons-react';
import type { MessageState } from '../api/shapes';
import { ToneBadge } from '../leads/score.parts';
import type { Tone } from '../leads/tone';
import { text } from '../text/catalogue';
import styles from './mail.module.css';

const toneOf: Record<MessageState, Tone> = {
  planned: 'cool',
  queued: 'cool',
  leased: 'cool',
  handing_over: 'cool',
  sent: 'none',
  rejected: 'hot',
  uncertain: 'warm',
  skipped: 'warm',
};

/** Where a message stands and why; caught mail says that it never left. */
export function MessageStateTags({ message }: { message: Pick<Message, 'state' | 'reason' | 'isCaught'> }) {
  const reason = message.reason ?? (message.state === 'uncertain' ? text.mail.uncertain : null);
  const isCaught = message.isCaught && message.state === 'sent';
  return (
    <div className={styles.tags}>
      {isCaught ? (
        <ToneBadge tone="cool">
          <IconInbox size={13} aria-hidden="true" />
          {text.mail.caught}
        </ToneBadge>
      ) : (
        <ToneBadge tone={toneOf[message.state]}>{text.mail.states[message.state]}</ToneBadge>
      )}
      {reason !== null && <span className={styles.reason}>{reason}</span>}
    </div>
  );
}
