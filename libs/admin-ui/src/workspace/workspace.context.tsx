import type { Session } from '@rekindle/contracts';
import { createContext, use, useMemo, type ReactNode } from 'react';
import type { AdminClient } from '../api/admin.client';
import type { WorkspaceSummary } from '../api/shapes';
import { createFormats, type Formats } from '../format/formats';
import { text } from '../text/catalogue';

/** What every page behind the sign-in may lean on. */
export interface AdminWorkspace {
  client: AdminClient;
  session: Session;
  workspace: WorkspaceSummary;
  formats: Formats;
}

const WorkspaceContext = createContext<AdminWorkspace | null>(null);

export interface WorkspaceProviderProps {
  client: AdminClient;
  session: Session;
  workspace: WorkspaceSummary;
  children: ReactNode;
}

/** Gives the pages their client, session, workspace and formats. */
export function WorkspaceProvider({ client, session, workspace, children }: WorkspaceProviderProps) {
  const value = useMemo(
    () => ({ client, session, workspace, formats: createFormats(text.locale, workspace.timezone) }),
    [client, session, workspace],
  );
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
}

/** The workspace around a page. Throws outside a `WorkspaceProvider`. */
export function useWorkspace(): AdminWorkspace {
  const value = use(WorkspaceContext);
  if (value === null) throw new Error('useWorkspace needs a WorkspaceProvider above it');
  return value;
}
