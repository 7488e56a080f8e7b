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
  onMake: (wish: KeyWish) => void;
}) {
  const [name, setName] = useState('');
  const [trust, setTrust] = useState<Trust>('server');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    onMake({ name: name.trim(), trust });
    setName('');
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

function KeyRow({ item, actions }: { item: WriteKey; actions: { rotate: () => void; revoke: () => void } | null }) {
  const isRevoked = item.revokedAt !== null;
  return (
    <tr className={isRevoked ? 'rk-dim' : undefined}>
      <th scope="row">{item.name}</th>
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
        {isRevoked || actions === null ? (
          <span className={styles.tag}>{isRevoked ? words.revoked : words.inUse}</span>
        ) : (
          <Group gap={6} justify="flex-end" wrap="nowrap">
            <Button
              size="compact-xs"
              variant="default"
              aria-label={words.rotateName(item.name)}
              onClick={actions.rotate}
            >
              {words.rotate}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={words.revokeName(item.name)}
              onClick={actions.revoke}
            >
              {words.revoke}
            </Button>
          </Group>
        )}
      </td>
    </tr>
  );
}

function Revocation({ item, onClose }: { item: WriteKey | null; onClose: () => void }) {
  const revocation = useKeyRevocation();
  return (
    <Confirmation
      title={words.revokeTitle(item?.name ?? '')}
      body={words.revokeBody}
      action={words.revoke}
      isOpen={item !== null}
      isBusy={revocation.isPending}
      error={revocation.error}
      onClose={onClose}
      onConfirm={() => item !== null && revocation.mutate(item.id, { onSuccess: onClose })}
    />
  );
}

/** Keys that may send events: made, shown once, replaced and revoked. */
export function WriteKeys() {
  const { session } = useWorkspace();
  const { data, error, isPending, isFetching, refetch } = useWriteKeys();
  const making = useKeyMaking();
  const [leaving, setLeaving] = useState<WriteKey | null>(null);
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
      {making.data !== undefined && (
        <OnceShown
          title={words.created(making.data.name)}
          values={[{ label: words.columns.key, value: making.data.key }]}
          onDone={making.reset}
        />
      )}
      <ChangeFailure error={making.error} />
      <KeyForm isBusy={making.isPending} isAllowed={isAllowed} onMake={making.mutate} />
      <LoadFailure error={error} hasData={data !== undefined} isRetrying={isFetching} onRetry={() => void refetch()} />
      {isPending && error === null && <RowsSkeleton rows={2} height={40} />}
      {data !== undefined && items.length === 0 && <EmptyNotice icon={<IconKey size={22} />} {...words.empty} />}
      {items.length > 0 && (
        <ScrollTable label={words.title} heads={heads} isLastRight>
          {items.map((item) => (
            <KeyRow
              key={item.id}
              item={item}
              actions={
                isAllowed
                  ? { rotate: () => making.mutate({ successorOf: item.id }), revoke: () => setLeaving(item) }
                  : null
              }
            />
          ))}
        </ScrollTable>
      )}
      <Revocation item={leaving} onClose={() => setLeaving(null)} />
    </Panel>
  );
}
