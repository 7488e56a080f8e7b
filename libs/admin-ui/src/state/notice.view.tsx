import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { RequestFailure } from '../api/request.failure';
import { text } from '../text/catalogue';
import styles from './notice.module.css';

export interface EmptyNoticeProps {
  icon: ReactNode;
  title: string;
  body: string;
  action?: ReactNode;
  /** True where the notice is the whole page: its title is then the page’s heading. */
  isPage?: boolean;
}

/** Why there is nothing here, and the one thing to do about it. */
export function EmptyNotice({ icon, title, body, action, isPage = false }: EmptyNoticeProps) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className={styles.box}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <Title className={styles.title}>{title}</Title>
      <p className={styles.body}>{body}</p>
      {action}
    </div>
  );
}

export interface FailureNoticeProps {
  error: unknown;
  /** Left out: the problem’s own words stand alone under “could not be loaded”. */
  title?: string;
  onRetry?: () => void;
  isRetrying?: boolean;
}

/** A failed request, inline: what happened, the request id to quote, and another try. */
export function FailureNotice({ error, title = text.failure.load, onRetry, isRetrying }: FailureNoticeProps) {
  const message = error instanceof Error ? error.message : String(error);
  const requestId = error instanceof RequestFailure ? error.requestId : null;
  return (
    <div role="alert" className={styles.failure}>
      <IconAlertTriangle size={18} aria-hidden="true" color="var(--rk-bad)" />
      <div className={styles.failureText}>
        <div className={styles.failureTitle}>{title}</div>
        <div>{message}</div>
        {requestId !== null && <div className={styles.request}>{text.failure.requestId(requestId)}</div>}
      </div>
      {onRetry !== undefined && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden="true" />}
          loading={isRetrying ?? false}
          onClick={onRetry}
        >
          {text.failure.retry}
        </Button>
      )}
    </div>
  );
}

export interface LoadFailureProps {
  /** Null shows nothing. */
  error: unknown;
  /** True when an earlier answer is still on the page. */
  hasData: boolean;
  isRetrying: boolean;
  onRetry: () => void;
}

/** The failure of a query: says whether the page shows old data or none. */
export function LoadFailure({ error, hasData, isRetrying, onRetry }: LoadFailureProps) {
  if (error === null) return null;
  const title = hasData ? text.failure.refresh : undefined;
  return <FailureNotice error={error} title={title} isRetrying={isRetrying} onRetry={onRetry} />;
}

/** The failure of a change that somebody asked for; null shows nothing. */
export function ChangeFailure({ error, onRetry }: Pick<FailureNoticeProps, 'error' | 'onRetry'>) {
  return error !== null && <FailureNotice error={error} title={text.failure.change} onRetry={onRetry} />;
}
