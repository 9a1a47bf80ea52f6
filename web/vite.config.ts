import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Rollup } from 'vite';
import { defineConfig } from 'vitest/config';

type GetManualChunk = Rollup.GetManualChunk;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The server that `npm run dev` borrows its data from.
const server = process.env['KULA_SERVER'] ?? 'http://127.0.0.1:8080';

/** All that the first view needs comes in two files, React's and the desk's, instead of in sixty. */
function firstView(): GetManualChunk {
  const needed = new Set<string>();
  return (id, { getModuleIds, getModuleInfo }) => {
    if (needed.size === 0) {
      const waiting = [...getModuleIds()].filter((each) => getModuleInfo(each)?.isEntry === true);
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (needed.has(next)) continue;
        needed.add(next);
        waiting.push(...(getModuleInfo(next)?.importedIds ?? []));
      }
    }
    if (!needed.has(id)) return undefined;
    // The helpers of CommonJS modules are React's first: from the other file they would make a circle.
    return /node_modules\/(react|react-dom|scheduler)\/|commonjsHelpers/.test(id) ? 'react' : 'desk';
  };
}

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
        manualChunks: firstView(),
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
