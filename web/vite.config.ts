import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Rollup } from 'vite';
import { defineConfig } from 'vitest/config';

type GetManualChunk = Rollup.GetManualChunk;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The server that `npm run dev` borrows its data from.
const server = process.env['KULA_SERVER'] ?? 'http://127.0.0.1:8080';

/**
 * React changes seldom, and icons by the dozen are one file instead of a request each. Everything else Rollup divides
 * better: only it knows which of Mantine's components a page really uses.
 */
const chunkOf: GetManualChunk = (id) => {
  if (/node_modules\/(react|react-dom|scheduler)\/|commonjsHelpers/.test(id)) return 'react';
  return id.includes('@tabler/icons-react') ? 'icons' : undefined;
};

export default defineConfig({
  base: '/desk/',
  plugins: [react()],
  resolve: {
    alias: { '@i18n': here('../data/i18n'), '@': here('./src') },
  },
  server: {
    fs: { allow: [here('.'), here('../data/i18n')] },
    proxy: { '/api': server, '/healthz': server, '/metrics': server },
  },
  build: {
    target: 'es2022',
    // Every file by its own name, so that a strict content security policy needs neither `data:` scripts nor inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: {
        manualChunks: chunkOf,
        onlyExplicitManualChunks: true,
        // What is smaller than this travels with something that is wanted beside it: a request each costs more than it saves.
        experimentalMinChunkSize: 5000,
      },
    },
  },
  test: {
    restoreMocks: true,
    // Two busy cores draw a form slowly; nothing here waits for time.
    testTimeout: 20_000,
    env: { TZ: 'UTC' },
  },
});
