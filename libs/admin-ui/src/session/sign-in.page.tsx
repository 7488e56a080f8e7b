import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { AdminClient } from '../api/admin.client';
import { RequestFailure } from '../api/request.failure';
import { FlameMark } from '../shell/flame.mark';
import { FailureNotice } from '../state/notice.view';
import { usePageTitle } from '../state/page-title.hook';
import { text } from '../text/catalogue';
import { signIn } from './session.queries';
import styles from './sign-in.module.css';

export interface SignInPageProps {
  client: AdminClient;
  onSignedIn: () => void;
}

const words = text.signIn;

const isWrongPassword = (error: unknown): boolean => error instanceof RequestFailure && error.isSignedOut;

function SignInFailure({ error }: { error: Error | null }) {
  if (error === null) return null;
  return (
    <FailureNotice
      error={isWrongPassword(error) ? new Error(words.forgotten) : error}
      title={isWrongPassword(error) ? words.wrong : undefined}
    />
  );
}

function SignInForm({ client, onSignedIn }: SignInPageProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useMutation({ mutationFn: () => signIn(client, email.trim(), password), onSuccess: onSignedIn });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    attempt.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label={words.email}
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        size="md"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={words.password}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': words.showPassword }}
        required
        withAsterisk={false}
        size="md"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <SignInFailure error={attempt.error} />
      <Button type="submit" size="md" loading={attempt.isPending}>
        {words.action}
      </Button>
    </form>
  );
}

/** E-mail and password; says inline what went wrong. */
export function SignInPage({ client, onSignedIn }: SignInPageProps) {
  usePageTitle(words.title);
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <FlameMark size={26} />
          {text.product}
        </div>
        <h1 className={styles.title}>{words.title}</h1>
        <p className={styles.lead}>{words.lead}</p>
        <SignInForm client={client} onSignedIn={onSignedIn} />
      </div>
    </main>
  );
}
