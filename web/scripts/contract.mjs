// Writes src/contract/generated.ts from api/openapi.yaml. The file is not kept in git: it is made before each build.
import { writeFile, readFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../api/openapi.yaml', import.meta.url);
const target = new URL('../src/contract/generated.ts', import.meta.url);

const text = `// Made from api/openapi.yaml by \`npm run contract\`; not to be edited.\n${astToString(await openapiTS(source))}`;
const present = await readFile(target, 'utf8').catch(() => '');
if (present !== text) await writeFile(target, text);
