// The desk's walls: ui and contract know no feature, features do not know each other, only app composes them.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import importX from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const features = readdirSync(fileURLToPath(new URL('./src/features', import.meta.url)));

const zones = [
  { target: './src/contract', from: ['./src/app', './src/features', './src/ui'], message: 'The contract knows nobody.' },
  { target: './src/ui', from: ['./src/app', './src/features'], message: 'ui knows no feature.' },
  { target: './src/features', from: './src/app', message: 'Features do not know who composes them.' },
  ...features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: './src/features',
    except: [`./${feature}`],
    message: 'Features do not know each other: take the type from contract and the link from contract/paths.',
  })),
];

const kebabCase = {
  meta: { type: 'layout', messages: { name: 'File names are kebab-case: {{name}}' }, schema: [] },
  create: (context) => ({
    Program(node) {
      const name = context.filename.split('/').at(-1) ?? '';
      if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config))?\.(ts|tsx|mjs)$/.test(name)) context.report({ node, messageId: 'name', data: { name } });
      if (/^index\.tsx?$/.test(name)) context.report({ node, messageId: 'name', data: { name: 'no barrel files' } });
    },
  }),
};

export default tseslint.config(
  { ignores: ['dist', 'src/contract/generated.ts', 'public', 'scripts', 'eslint.config.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat.recommended,
  {
    plugins: { 'import-x': importX, desk: { rules: { 'kebab-case': kebabCase } } },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname ?? fileURLToPath(new URL('.', import.meta.url)) } },
    settings: { 'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.tsx'], alias: { '@': [fileURLToPath(new URL('./src', import.meta.url))] } })], 'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] } },
    rules: {
      'desk/kebab-case': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: fileURLToPath(new URL('.', import.meta.url)), zones }],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  { files: ['vite.config.ts'], rules: { 'import-x/no-default-export': 'off' } },
);
