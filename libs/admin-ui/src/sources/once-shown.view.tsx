import { Button, CopyButton } from '@mantine/core';
import { Dialog } from '../state/dialog.view';
import { text } from '../text/catalogue';
import styles from './sources.module.css';

const words = text.sources.once;

interface OnceShownProps {
  title: string;
  /** What else there is to know. */
  note?: string | undefined;
  /** None: nothing is shown. */
  values: readonly { label: string; value: string }[];
  onDone: () => void;
}

/** Secrets that no answer of the server will hold again: nothing else can be done until they are copied. */
export function OnceShown({ title, note, values, onDone }: OnceShownProps) {
  return (
    <Dialog title={title} isOpen={values.length > 0}>
      <p>
        {words.note} {note}
      </p>
      <div className={styles.secret}>
        {values.map(({ label, value }) => (
          <div key={label} className={styles.once}>
            <span className={styles.hint}>{label}</span>
            <code className={styles.code}>{value}</code>
            <CopyButton value={value}>
              {({ copied, copy }) => (
                <Button size="compact-xs" onClick={copy} aria-label={copied ? words.copied : words.copyOf(label)}>
                  {copied ? words.copied : words.copy}
                </Button>
              )}
            </CopyButton>
          </div>
        ))}
      </div>
      <Button variant="default" onClick={onDone}>
        {words.gotIt}
      </Button>
    </Dialog>
  );
}
