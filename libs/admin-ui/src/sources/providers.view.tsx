import type { SourceWithSecret } from '@rekindle/contracts';
import { NativeSelect } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { RowsSkeleton } from '../leads/lead-list.skeleton';
import { ChangeFailure, EmptyNotice, LoadFailure } from '../state/notice.view';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { OnceShown } from './once-shown.view';
import { ProviderCard } from './provider-card.view';
import { ProviderForm } from './provider-form.view';
import { useSecretMaking, useSourceKinds, useSources } from './providers.queries';
import styles from './sources.module.css';

const words = text.sources.providers;
type Making = ReturnType<typeof useSecretMaking>;

function onceValues({ url, secret, secretUrl }: SourceWithSecret): { label: string; value: string }[] {
  if (secretUrl !== null) return [{ label: words.values.secretUrl, value: secretUrl }];
  const address = { label: words.values.url, value: url };
  return secret === null ? [] : [address, { label: words.values.secret, value: secret }];
}

function Addition({ isAllowed }: { isAllowed: boolean }) {
  const { data, error, isFetching, refetch } = useSourceKinds();
  const making = useSecretMaking();
  const [key, setKey] = useState<string | null>(null);
  const [added, setAdded] = useState(0);
  const kinds = data?.items ?? [];
  const kind = kinds.find((each) => each.key === key) ?? kinds[0];
  const values = making.data === undefined ? [] : onceValues(making.data);
  return (
    <Panel title={words.add}>
      <LoadFailure error={error} hasData={data !== undefined} isRetrying={isFetching} onRetry={() => void refetch()} />
      {making.data !== undefined && values.length > 0 && (
        <OnceShown title={words.secretOf(making.data.name)} values={values} onDone={making.reset} />
      )}
      {kind !== undefined && (
        <>
          <NativeSelect
            label={words.kind}
            value={kind.key}
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

function Renewed({ making }: { making: Making }) {
  return (
    <>
      <ChangeFailure error={making.error} />
      {making.data !== undefined && (
        <OnceShown title={words.secretOf(making.data.name)} values={onceValues(making.data)} onDone={making.reset} />
      )}
    </>
  );
}

function Connected({ isAllowed }: { isAllowed: boolean }) {
  const { data, error, isPending, isFetching, refetch } = useSources();
  const kinds = useSourceKinds().data?.items ?? [];
  const renewal = useSecretMaking();
  const items = data?.items ?? [];
  return (
    <Panel title={words.title}>
      <p className={styles.lead}>{words.lead}</p>
      <Renewed making={renewal} />
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
            onWish={renewal.mutate}
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
