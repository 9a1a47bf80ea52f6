// Every language has every key with the same variables and the plural forms its grammar needs; every key is used, and
// every key that the code asks for exists: of the desk ({mk,sq,en}.json) and of the portal (portal.{mk,sq,en}.json).
import { readdir, readFile } from 'node:fs/promises';

const texts = new URL('../../data/i18n/', import.meta.url);
const sources = new URL('../src/', import.meta.url);
const pages = new URL('../../src/doors/portal/', import.meta.url);
const languages = ['en', 'mk', 'sq'];
const complaints = [];

const flatten = (node, prefix = '') =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
const variables = (text) => [...text.matchAll(/{{\s*(\w+)/g)].map((match) => match[1]).sort().join(' ');
const plural = /_(zero|one|two|few|many|other)$/;

const base = (key) => key.replace(plural, '');

async function tablesOf(stem) {
  const tables = {};
  for (const language of languages) {
    const file = JSON.parse(await readFile(new URL(`${stem}${language}.json`, texts), 'utf8'));
    tables[language] = new Map(flatten(file));
  }
  return tables;
}

/** Complains of what the languages do not have in common; the keys of all of them. */
function compare(stem, tables) {
  const keysOf = (language) => new Set([...tables[language].keys()].map(base));
  const wanted = keysOf('en');
  for (const language of languages) {
    const name = stem + language;
    const table = tables[language];
    const have = keysOf(language);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of wanted) if (!have.has(key)) complaints.push(`${name}: ${key} is missing`);
    for (const key of have) if (!wanted.has(key)) complaints.push(`${name}: ${key} is not in en`);
    for (const key of have) {
      const present = [...table.keys()].filter((form) => plural.test(form) && base(form) === key);
      if (present.length === 0) continue;
      for (const form of forms) if (!table.has(`${key}_${form}`)) complaints.push(`${name}: ${key} lacks the form ${form}`);
      for (const full of present) {
        const form = full.match(plural)[1];
        if (!forms.includes(form)) complaints.push(`${name}: ${full} is a form this language does not have`);
      }
    }
    for (const [key, text] of table) {
      if (text.trim() === '') complaints.push(`${name}: ${key} is empty`);
      const other = tables.en.get(key) ?? tables.en.get(`${base(key)}_other`);
      if (other !== undefined && variables(other) !== variables(text) && !plural.test(key)) {
        complaints.push(`${name}: ${key} has the variables "${variables(text)}", en has "${variables(other)}"`);
      }
    }
  }
  // Letters that a translation in Cyrillic should not have outside names and abbreviations are a sign of a forgotten text.
  for (const [key, text] of tables.mk) {
    if (!/\p{Script=Cyrillic}/u.test(text) && /\p{Script=Latin}{3}/u.test(text.replace(/{{.*?}}|<\/?\w+\/?>/g, '')) && tables.en.get(key) === text) {
      if (!/^[A-Z0-9 .:+/&-]+$|^(MD5|SHA|URL|Tor$)|^example\.org$/.test(text)) complaints.push(`${stem}mk: ${key} is not translated`);
    }
  }
  return wanted;
}

/** Complains of keys that nothing asks for: neither by name nor by the stem of a name that is put together. */
function use(stem, wanted, asked, stems) {
  for (const key of wanted) {
    if (asked.has(key) || [...stems].some((begin) => key.startsWith(begin))) continue;
    complaints.push(`${stem}en: ${key} is used nowhere`);
  }
}

async function desk() {
  const wanted = compare('', await tablesOf(''));
  const asked = new Set();
  const stems = new Set();
  for (const name of await readdir(sources, { recursive: true })) {
    if (!/\.(ts|tsx)$/.test(name) || /generated|\.test\./.test(name)) continue;
    const text = await readFile(new URL(name, sources), 'utf8');
    for (const [, key] of text.matchAll(/['"`]([a-z][a-z0-9_]*(?:\.[a-z0-9_+]+)+)['"`]/g)) asked.add(key);
    for (const [, stem] of text.matchAll(/`([a-z][a-z0-9_]*\.[a-z0-9_.]*)\$\{/g)) stems.add(stem);
    for (const [, key] of text.matchAll(/\bt\(\s*['"]([a-z0-9_.+]+)['"]/g)) if (!wanted.has(key)) complaints.push(`src/${name} asks for ${key}, which does not exist`);
    for (const [, key] of text.matchAll(/i18nKey="([a-z0-9_.]+)"/g)) {
      asked.add(key);
      if (!wanted.has(key)) complaints.push(`src/${name} asks for ${key}, which does not exist`);
    }
  }
  use('', wanted, asked, stems);
  return wanted.size;
}

/** The portal is C++: a key is a literal, `"start.title"`; one that ends with a dot is the stem of several. */
async function portal() {
  const wanted = compare('portal.', await tablesOf('portal.'));
  const groups = new Set([...wanted].map((key) => key.split('.')[0]));
  const asked = new Set();
  const stems = new Set();
  for (const name of await readdir(pages)) {
    if (!name.endsWith('.cpp')) continue;
    for (const [, key] of (await readFile(new URL(name, pages), 'utf8')).matchAll(/"([a-z]+\.[a-z0-9_.]*)"/g)) {
      if (!groups.has(key.split('.')[0])) continue;
      if (key.endsWith('.')) stems.add(key);
      else asked.add(key);
      if (!key.endsWith('.') && !wanted.has(key)) complaints.push(`${name} asks for ${key}, which does not exist`);
    }
  }
  use('portal.', wanted, asked, stems);
  return wanted.size;
}

const count = (await desk()) + (await portal());
for (const complaint of complaints) console.error(complaint);
console.log(complaints.length === 0 ? `${count} texts in ${languages.join(', ')}: complete` : `${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
