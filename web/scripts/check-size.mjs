// No source file of the desk grows beyond what one reads in one sitting.
import { readdir, readFile } from 'node:fs/promises';

const limit = 300;
const root = new URL('../src/', import.meta.url);
let failed = false;
for (const name of await readdir(root, { recursive: true })) {
  if (!/\.(ts|tsx|css)$/.test(name) || name.endsWith('generated.ts')) continue;
  const lines = (await readFile(new URL(name, root), 'utf8')).split('\n').length - 1;
  if (lines > limit) {
    console.error(`src/${name}: ${lines} lines, at most ${limit}`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
