import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The server that `npm run dev` borrows its data from.
const server = process.env['KULA_SERVER'] ?? 'http://127.0.0.1:8080';

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
        manualChunks: (id) => (/node_modules\/(react|react-dom|scheduler|react-router)\//.test(id) ? 'frame' : undefined),
      },
    },
  },
  test: {
    restoreMocks: true,
    env: { TZ: 'UTC' },
  },
});
