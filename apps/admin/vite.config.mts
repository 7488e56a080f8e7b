import { existsSync } from 'node:fs';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import presetMantine from 'postcss-preset-mantine';
import { defineConfig } from 'vite';

const api = `http://127.0.0.1:${process.env.PORT ?? 3000}`;
const routesDirectory = `${import.meta.dirname}/src/routes`;

/** The admin as static files which the server hands out; `vite dev` passes everything else on to the server. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    ...(existsSync(routesDirectory)
      ? [
          tanstackRouter({
            target: 'react',
            routesDirectory,
            generatedRouteTree: `${import.meta.dirname}/src/routeTree.gen.ts`,
            autoCodeSplitting: true,
          }),
        ]
      : []),
    react(),
  ],
  resolve: { tsconfigPaths: true },
  css: { postcss: { plugins: [presetMantine()] } },
  server: {
    port: 4200,
    proxy: Object.fromEntries(
      ['/api', '/v1', '/e/', '/c/', '/u/', '/docs', '/healthz', '/readyz', '/openapi.json'].map((path) => [path, api]),
    ),
  },
  build: { outDir: '../../dist/apps/admin', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1500 },
});
