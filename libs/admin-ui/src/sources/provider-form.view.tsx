import type { Source } from '@rekindle/contracts';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { RequestFailure } from '../api/request.failure';
import { ChangeFailure } from '../state/notice.view';
import { text } from '../text/catalogue';
import type { SourceKind } from './providers.queries';
import { SchemaFields } from './schema-fields.view';
import { fieldsOf, isFilled, textsOf, valuesOf } from './schema.fields';
import styles from './sources.module.css';

const words = text.sources.providers;
const IN_SETTINGS = 'settings.';

/** What the form says; no secret where none was typed. */
export interface SourceDraft {
  name: string;
  settings: Record<string, unknown>;
  secret?: string;
}

function errorsByField(error: Error | null): Record<string, string> {
  const errors = error instanceof RequestFailure ? (error.problem?.errors ?? []) : [];
  return Object.fromEntries(errors.map(({ path, message }) => [path.replace(IN_SETTINGS, ''), message]));
}

interface ProviderFormProps {
  kind: SourceKind;
  /** Left out: a new one. */
  source?: Source;
  isAllowed: boolean;
  isBusy: boolean;
  error: Error | null;
  onSave: (draft: SourceDraft) => void;
}

/** What the form holds, and what it says once it is whole. */
function useDraft({ settingsSchema, secretOrigin }: SourceKind, source: Source | undefined) {
  const fields = fieldsOf(settingsSchema);
  const [name, setName] = useState(source?.name ?? '');
  const [texts, setTexts] = useState(() => textsOf(fields, source?.settings ?? {}));
  const [secret, setSecret] = useState('');
  const isSecretKept = source !== undefined || secretOrigin !== 'given';
  const isWhole = name.trim() !== '' && isFilled(fields, texts) && (isSecretKept || secret !== '');
  const typed = { name: name.trim(), settings: valuesOf(fields, texts) };
  const draft: SourceDraft | null = !isWhole ? null : secret === '' ? typed : { ...typed, secret };
  return { fields, name, setName, texts, setTexts, secret, setSecret, draft };
}

interface SecretProps {
  kind: SourceKind;
  source: Source | undefined;
  errors: Readonly<Record<string, string>>;
  draft: Pick<ReturnType<typeof useDraft>, 'secret' | 'setSecret'>;
}

function Secret({ kind, source, errors, draft }: SecretProps) {
  if (kind.secretOrigin === 'given') {
    return (
      <PasswordInput
        label={words.secret}
        description={source === undefined ? words.secretSealed : words.secretKept}
        autoComplete="new-password"
        error={errors['secret']}
        value={draft.secret}
        maxLength={500}
        onChange={(event) => draft.setSecret(event.currentTarget.value)}
      />
    );
  }
  const isMade = kind.secretOrigin === 'made' && source === undefined;
  return isMade && <p className={styles.hint}>{words.made}</p>;
}

/** Name, settings and secret of a source, whatever its kind. */
export function ProviderForm({ kind, source, isAllowed, isBusy, error, onSave }: ProviderFormProps) {
  const draft = useDraft(kind, source);
  const errors = errorsByField(error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (draft.draft !== null) onSave(draft.draft);
  };
  return (
    <form className={styles.tallForm} onSubmit={submit} autoComplete="off">
      <TextInput
        label={words.name}
        placeholder={words.nameHint}
        value={draft.name}
        maxLength={120}
        error={errors['name']}
        onChange={(event) => draft.setName(event.currentTarget.value)}
      />
      <SchemaFields fields={draft.fields} texts={draft.texts} onChange={draft.setTexts} errors={errors} />
      <Secret kind={kind} source={source} errors={errors} draft={draft} />
      <ChangeFailure error={error} />
      {!isAllowed && <p className={styles.hint}>{words.onlyAdmin}</p>}
      <Button type="submit" loading={isBusy} disabled={!isAllowed || draft.draft === null}>
        {source === undefined ? words.action : words.save}
      </Button>
    </form>
  );
}
