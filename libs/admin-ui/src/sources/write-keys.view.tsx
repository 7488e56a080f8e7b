import type { WriteKey } from '@rekindle/contracts';
import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { Instant } from '../format/instant.view';
import { RowsSkeleton } from '../leads/lead-list.skeleton';
import { Confirmation } from '../state/dialog.view';
import { ChangeFailure, EmptyNotice, LoadFailure } from '../state/notice.view';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { OnceShown } from './once-shown.view';
import { useKeyMaking, useKeyRevocation, useWriteKeys, type KeyWish } from './write-keys.queries';
import { ScrollTable } from './scroll-table.view';
import styles from './sources.module.css';

const words = text.sources.keys;
type Trust = WriteKey['trust'];

function KeyForm({
  isBusy,
  isAllowed,
  onMake,
}: {
  isBusy: boolean;
  isAllowed: boolean;
  onMake: (wish: KeyWish, onMade: () => void) => void;
}) {
  const [name, setName] = useState('');
  const [trust, setTrust] = useState<Trust>('server');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    onMake({ name: name.trim(), trust }, () => setName(''));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label={words.name}
        placeholder={words.nameHint}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={words.trust}
        allowDeselect={false}
        value={trust}
        onChange={(value) => setTrust(value === 'browser' ? 'browser' : 'server')}
        data={(['server', 'browser'] as const).map((value) => ({ value, label: words.trusts[value] }))}
      />
      <Button type="submit" loading={isBusy} disabled={!isAllowed || name.trim() === ''}>
        {words.create}
      </Button>
      <p className={styles.hint}>{isAllowed ? words.trustHint : words.onlyAdmin}</p>
    </form>
  );
}

interface KeyProps {
  item: WriteKey;
  onRotate: () => void;
}

function KeyActions({ item, onRotate }: KeyProps) {
  const revocation = useKeyRevocation(item);
  const [isAsking, setAsking] = useState(false);
  const close = (): void => setAsking(false);
  const common = { size: 'compact-xs', variant: 'default' } as const;
  return (
    <>
      <Group gap={6} justify="flex-end" wrap="nowrap">
        <Button {...common} aria-label={words.rotateName(item.name)} onClick={onRotate}>
          {words.rotate}
        </Button>
        <Button {...common} aria-label={words.revokeName(item.name)} onClick={() => setAsking(true)}>
          {words.revoke}
        </Button>
      </Group>
      <Confirmation
        title={words.revokeTitle(item.name)}
        body={words.revokeBody}
        action={words.revoke}
        isOpen={isAsking}
        change={revocation}
        onClose={close}
        onConfirm={() => revocation.mutate(undefined, { onSuccess: close })}
      />
    </>
  );
}

function KeyRow({ item, isAllowed, onRotate }: KeyProps & { isAllowed: boolean }) {
  const isRevoked = item.revokedAt !== null;
  return (
    <tr className={isRevoked ? 'rk-dim' : undefined}>
      <th scope="row" className={styles.name}>
        {item.name}
      </th>
      <td>
        <code>
          {item.prefix}…{item.last4}
        </code>
      </td>
      <td>{words.trusts[item.trust]}</td>
      <td>
        <Instant at={item.createdAt} isNarrow />
      </td>
      <td className={styles.actions}>
        {isRevoked || !isAllowed ? (
          <span className={styles.tag}>{isRevoked ? words.revoked : words.inUse}</span>
        ) : (
          <KeyActions item={item} onRotate={onRotate} />
        )}
      </td>
    </tr>
  );
}

function MadeKey({ making: { data, variables, reset } }: { making: ReturnType<typeof useKeyMaking> }) {
  const isSuccessor = variables !== undefined && 'successorOf' in variables;
  return (
    <OnceShown
      title={words.created(data?.name ?? '')}
      note={isSuccessor ? words.rotated : undefined}
      values={data === undefined ? [] : [{ label: words.columns.key, value: data.key }]}
      onDone={reset}
    />
  );
}

/** Keys that may send events: made, shown once, replaced and revoked. */
export function WriteKeys() {
  const { session } = useWorkspace();
  const { data, error, isPending, isFetching, refetch } = useWriteKeys();
  const making = useKeyMaking();
  const isAllowed = session.user.role === 'admin';
  const items = data?.items ?? [];
  const heads = [
    words.columns.name,
    words.columns.key,
    words.columns.trust,
    words.columns.created,
    words.columns.actions,
  ];
  return (
    <Panel title={words.title}>
      <p className={styles.lead}>{words.lead}</p>
      <MadeKey making={making} />
      <ChangeFailure error={making.error} />
      <KeyForm
        isBusy={making.isPending}
        isAllowed={isAllowed}
        onMake={(wish, onSuccess) => making.mutate(wish, { onSuccess })}
      />
      <LoadFailure error={error} hasData={data !== undefined} isRetrying={isFetching} onRetry={() => void refetch()} />
      {isPending && error === null && <RowsSkeleton rows={2} height={40} />}
      {data !== undefined && items.length === 0 && <EmptyNotice icon={<IconKey size={22} />} {...words.empty} />}
      {items.length > 0 && (
        <ScrollTable label={words.title} heads={heads} isLastRight>
          {items.map((item) => (
            <KeyRow
              key={item.id}
              item={item}
              isAllowed={isAllowed}
              onRotate={() => making.mutate({ successorOf: item.id })}
            />
          ))}
        </ScrollTable>
      )}
    </Panel>
  );
}
