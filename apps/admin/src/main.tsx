import { AdminProvider } from '@rekindle/admin-ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { createServices } from './services';
import { createAdminRouter } from './router';

// The page's policy forbids code from strings; without this zod would try and be reported.
config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');

const services = createServices();
const router = createAdminRouter(services);
services.onSignedOut(() => void router.invalidate());

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={services.queries}>
      <AdminProvider>
        <RouterProvider router={router} />
      </AdminProvider>
    </QueryClientProvider>
  </StrictMode>,
);
