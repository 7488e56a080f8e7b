import { NativeSelect } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { RowsSkeleton } from '../leads/lead-list.skeleton';
import { EmptyNotice, LoadFailure } from '../state/notice.view';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { ProviderCard } from './provider-card.view';
import { ProviderForm } from './provider-form.view';
import { useSecretMaking, useSourceKinds, useSources } from './providers.queries';
import { SecretShown } from './secret-shown.view';
import styles from './sources.module.css';

const words = text.sources.providers;

function Addition({ isAllowed }: { isAllowed: boolean }) {
  const { data, error, isPending, isFetching, refetch } = useSourceKinds();
  const making = useSecretMaking();
  const [key, setKey] = useState<string | null>(null);
  const [added, setAdded] = useState(0);
  const kinds = data?.items ?? [];
  const kind = kinds.find((each) => each.key === key) ?? kinds[0];
  return (
    <Panel title={words.add}>
      <LoadFailure error={error} hasData={data !== undefined} isRetrying={isFetching} onRetry={() => void refetch()} />
      {isPending && error === null && <RowsSkeleton rows={3} height={48} />}
      <SecretShown making={making} />
      {kind !== undefined && (
        <>
          <NativeSelect
            label={words.kind}
            value={kind.key}
            disabled={making.isPending}
            onChange={(event) => {
              setKey(event.currentTarget.value);
              if (making.isError) making.reset();
            }}
            data={kinds.map(({ key: value, label }) => ({ value, label }))}
          />
          <p className={styles.setUp}>{kind.setUp}</p>
          <ProviderForm
            key={`${kind.key} ${added}`}
            kind={kind}
            isAllowed={isAllowed}
            isBusy={making.isPending}
            error={making.error}
            onSave={(draft) =>
              making.mutate({ key: kind.key, ...draft }, { onSuccess: () => setAdded((count) => count + 1) })
            }
          />
        </>
      )}
    </Panel>
  );
}

function Connected({ isAllowed }: { isAllowed: boolean }) {
  const { data, error, isPending, isFetching, refetch } = useSources();
  const kinds = useSourceKinds().data?.items ?? [];
  const items = data?.items ?? [];
  return (
    <Panel title={words.title}>
      <p className={styles.lead}>{words.lead}</p>
      <LoadFailure error={error} hasData={data !== undefined} isRetrying={isFetching} onRetry={() => void refetch()} />
      {isPending && error === null && <RowsSkeleton rows={2} height={120} />}
      {data !== undefined && items.length === 0 && <EmptyNotice icon={<IconWebhook size={22} />} {...words.empty} />}
      <div className={styles.stack}>
        {items.map((source) => (
          <ProviderCard
            key={source.id}
            source={source}
            kind={kinds.find(({ key }) => key === source.key)}
            isAllowed={isAllowed}
          />
        ))}
      </div>
    </Panel>
  );
}

/** Mail providers and other systems that send signed calls: added, looked after and removed. */
export function Providers() {
  const { session } = useWorkspace();
  const isAllowed = session.user.role === 'admin';
  return (
    <div className={styles.columns}>
      <Connected isAllowed={isAllowed} />
      <Addition isAllowed={isAllowed} />
    </div>
  );
}
