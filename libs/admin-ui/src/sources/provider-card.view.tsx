import type { Source } from '@rekindle/contracts';
import { Button, CopyButton, Group } from '@mantine/core';
import { useId, useState } from 'react';
import { Instant } from '../format/instant.view';
import { ChangeFailure } from '../state/notice.view';
import { text } from '../text/catalogue';
import { ProviderDialog, type ProviderAct } from './provider-dialogs.view';
import { useSourceChange, type SourceKind } from './providers.queries';
import { stateOf } from './provider-state';
import styles from './sources.module.css';

const words = text.sources.providers;

function Address({ source: { name, url } }: { source: Source }) {
  return (
    <CopyButton value={url}>
      {({ copied, copy }) => (
        <>
          <code className={styles.code}>{url}</code>{' '}
          <Button size="compact-xs" variant="default" aria-label={words.copyAddress(name)} onClick={copy}>
            {copied ? text.sources.once.copied : text.sources.once.copy}
          </Button>
        </>
      )}
    </CopyButton>
  );
}

function Facts({ source }: { source: Source }) {
  const { lastReceivedAt, lastRefusal } = source;
  return (
    <dl className={styles.facts}>
      <dt>{words.address}</dt>
      <dd>
        <Address source={source} />
      </dd>
      <dt>{words.lastReceived}</dt>
      <dd>{lastReceivedAt === null ? words.never : <Instant at={lastReceivedAt} />}</dd>
      {lastRefusal !== null && (
        <>
          <dt>{words.lastRefusal}</dt>
          <dd>
            <Instant at={lastRefusal.at} />
            <div>{words.refusals[lastRefusal.code] ?? lastRefusal.code}</div>
          </dd>
        </>
      )}
    </dl>
  );
}

interface ActionsProps {
  source: Source;
  kind: SourceKind | undefined;
  isAllowed: boolean;
  onAct: (act: ProviderAct) => void;
}

function Actions({ source, kind, isAllowed, onAct }: ActionsProps) {
  const { name, isEnabled } = source;
  const change = useSourceChange(source);
  const common = { size: 'compact-xs', variant: 'default', disabled: !isAllowed } as const;
  return (
    <>
      <ChangeFailure error={change.error} />
      <Group gap={6}>
        {kind !== undefined && (
          <Button {...common} aria-label={words.changeName(name)} onClick={() => onAct('change')}>
            {words.change}
          </Button>
        )}
        {kind?.secretOrigin === 'made' && (
          <Button {...common} aria-label={words.renewName(name)} onClick={() => onAct('renew')}>
            {words.renew}
          </Button>
        )}
        <Button
          {...common}
          loading={change.isPending}
          aria-label={isEnabled ? words.switchOffName(name) : words.switchOnName(name)}
          onClick={() => change.mutate({ isEnabled: !isEnabled })}
        >
          {isEnabled ? words.switchOff : words.switchOn}
        </Button>
        <Button {...common} aria-label={words.removeName(name)} onClick={() => onAct('remove')}>
          {words.remove}
        </Button>
      </Group>
    </>
  );
}

interface ProviderCardProps {
  source: Source;
  /** Absent where the server knows none of this key. */
  kind: SourceKind | undefined;
  isAllowed: boolean;
}

/** One source: how it stands, where it sends to, what to set at the provider, and what may be done. */
export function ProviderCard({ source, kind, isAllowed }: ProviderCardProps) {
  const id = useId();
  const [act, setAct] = useState<ProviderAct | null>(null);
  const state = stateOf(source);
  return (
    <article className={styles.source} aria-labelledby={id}>
      <div className={styles.sourceHead}>
        <h3 id={id} className={styles.file}>
          {source.name}
        </h3>
        <span className={styles.tag} data-status={state}>
          {words.states[state]}
        </span>
        <span className="rk-dim">{source.label}</span>
      </div>
      {source.problem !== null && <p className={styles.problem}>{source.problem}</p>}
      <Facts source={source} />
      {kind !== undefined && (
        <details open={state === 'waiting'}>
          <summary>{words.atProvider}</summary>
          <p className={styles.setUp}>{kind.setUp}</p>
        </details>
      )}
      <Actions source={source} kind={kind} isAllowed={isAllowed} onAct={setAct} />
      <ProviderDialog act={act} source={source} kind={kind} onClose={() => setAct(null)} />
    </article>
  );
}
