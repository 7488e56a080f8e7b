import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '../theme/tokens.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { NowProvider } from '../format/now.context';
import { adminTheme, adminVariables } from '../theme/admin.theme';

/** Look, clock and toasts for everything of the admin; goes around the host's router. */
export function AdminProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={adminTheme} cssVariablesResolver={adminVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={3} />
      <NowProvider>{children}</NowProvider>
    </MantineProvider>
  );
}
