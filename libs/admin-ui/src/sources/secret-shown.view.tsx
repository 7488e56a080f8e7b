import type { SourceWithSecret } from '@rekindle/contracts';
import { text } from '../text/catalogue';
import { OnceShown } from './once-shown.view';
import type { useSecretMaking } from './providers.queries';

const words = text.sources.providers;

function valuesOf({ url, secret, secretUrl }: SourceWithSecret): { label: string; value: string }[] {
  if (secretUrl !== null) return [{ label: words.values.secretUrl, value: secretUrl }];
  const address = { label: words.values.url, value: url };
  return secret === null ? [] : [address, { label: words.values.secret, value: secret }];
}

/** The secret that was made for a source, if one was. */
export function SecretShown({ making: { data, reset } }: { making: ReturnType<typeof useSecretMaking> }) {
  return (
    <OnceShown
      title={words.secretOf(data?.name ?? '')}
      values={data === undefined ? [] : valuesOf(data)}
      onDone={reset}
    />
  );
}
