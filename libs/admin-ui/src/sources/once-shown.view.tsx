import { Button, CopyButton } from '@mantine/core';
import { text } from '../text/catalogue';
import styles from './sources.module.css';

const words = text.sources.once;

interface OnceShownProps {
  title: string;
  values: readonly { label: string; value: string }[];
  onDone: () => void;
}

/** Secrets that no answer of the server will hold again. */
export function OnceShown({ title, values, onDone }: OnceShownProps) {
  return (
    <div className={styles.secret} role="status">
      <strong>{title}</strong>
      <span>{words.note}</span>
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
      <Button size="xs" variant="default" onClick={onDone}>
        {words.gotIt}
      </Button>
    </div>
  );
}
