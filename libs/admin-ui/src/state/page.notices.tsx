import { Button } from '@mantine/core';
import { IconMoodConfuzed } from '@tabler/icons-react';
import { PageLink } from '../navigation/navigation.context';
import { text } from '../text/catalogue';
import { EmptyNotice, FailureNotice } from './notice.view';

/** For an address that leads nowhere. */
export function MissingPage() {
  const { title, body, action } = text.notFound.page;
  const link = (
    <Button component={PageLink} to="/leads" variant="default">
      {action}
    </Button>
  );
  return <EmptyNotice icon={<IconMoodConfuzed size={22} />} title={title} body={body} action={link} isPage />;
}

export interface PageFailureProps {
  error: unknown;
  onRetry: () => void;
}

/** For a whole page that could not be loaded, e.g. because the server is away. */
export function PageFailure({ error, onRetry }: PageFailureProps) {
  return (
    <main style={{ maxWidth: 640, margin: '12vh auto', padding: '0 16px' }}>
      <FailureNotice error={error} onRetry={onRetry} />
    </main>
  );
}

/** For a page that broke while drawing itself; the rest of the admin stays usable. */
export function CrashNotice({ error, onRetry }: PageFailureProps) {
  return <FailureNotice error={error} title={text.failure.crash} onRetry={onRetry} />;
}
