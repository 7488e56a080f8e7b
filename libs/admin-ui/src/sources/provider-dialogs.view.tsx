import type { Source } from '@rekindle/contracts';
import { Confirmation, Dialog } from '../state/dialog.view';
import { text } from '../text/catalogue';
import { ProviderForm } from './provider-form.view';
import { useSecretMaking, useSourceChange, useSourceRemoval, type SourceKind } from './providers.queries';
import { SecretShown } from './secret-shown.view';

const words = text.sources.providers;

/** What is done to a source in a dialog. */
export type ProviderAct = 'change' | 'renew' | 'remove';

interface ProviderDialogProps {
  act: ProviderAct | null;
  source: Source;
  kind: SourceKind | undefined;
  onClose: () => void;
}

function Change({ source, kind, onClose }: { source: Source; kind: SourceKind; onClose: () => void }) {
  const change = useSourceChange(source);
  return (
    <ProviderForm
      kind={kind}
      source={source}
      isAllowed
      isBusy={change.isPending}
      error={change.error}
      onSave={(draft) => change.mutate(draft, { onSuccess: onClose })}
    />
  );
}

/** The dialogs of one source; none while `act` is null. */
export function ProviderDialog({ act, source, kind, onClose }: ProviderDialogProps) {
  const renewal = useSecretMaking();
  const removal = useSourceRemoval(source);
  const { name } = source;
  return (
    <>
      <Dialog title={words.changeTitle(name)} isOpen={act === 'change'} onClose={onClose}>
        {kind !== undefined && <Change source={source} kind={kind} onClose={onClose} />}
      </Dialog>
      <Confirmation
        title={words.renewTitle(name)}
        body={words.renewBody}
        action={words.renew}
        isOpen={act === 'renew'}
        change={renewal}
        onClose={onClose}
        onConfirm={() => renewal.mutate({ renewalOf: source.id }, { onSuccess: onClose })}
      />
      <SecretShown making={renewal} />
      <Confirmation
        title={words.removeTitle(name)}
        body={words.removeBody}
        action={words.remove}
        isOpen={act === 'remove'}
        change={removal}
        onClose={onClose}
        onConfirm={() => removal.mutate(undefined, { onSuccess: onClose })}
      />
    </>
  );
}
