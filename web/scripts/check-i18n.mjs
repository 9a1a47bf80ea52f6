// Every offered language has every key with the same variables and the plural forms its grammar needs; every key is used,
// and every key that the code asks for exists: of the desk ({mk,sq,en}.json) and of the portal (portal.{mk,sq,en}.json).
// Prepared languages are held to the same for what is filled, and the check tells how far each has come;
// `node scripts/check-i18n.mjs --missing bs` writes what is still to be filled of the desk, with the English texts, as
// JSON to be translated and merged.
import { readdir, readFile } from 'node:fs/promises';

const texts = new URL('../../data/i18n/', import.meta.url);
const sources = new URL('../src/', import.meta.url);
const pages = new URL('../../src/doors/portal/', import.meta.url);
const languages = ['en', 'mk', 'sq'];
/** May be filled, and are offered to nobody until they are complete. */
const prepared = ['sr-Cyrl', 'sr-Latn', 'bs'];
/** One script a language: a letter of the other is a slip of the keyboard or of the translator. */
const latin = ['sq', 'sr-Latn', 'bs'];
const cyrillic = ['mk', 'sr-Cyrl'];
const complaints = [];

const flatten = (node, prefix = '') =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
const variables = (text) => [...text.matchAll(/{{\s*(\w+)/g)].map((match) => match[1]).sort().join(' ');
const plural = /_(zero|one|two|few|many|other)$/;
/** Of a reason none: it is found by its own words, whatever the last of them is. */
const formIn = (key) => (key.startsWith('reason.') ? undefined : key.match(plural)?.[1]);
const base = (key) => (formIn(key) === undefined ? key : key.replace(plural, ''));
const keysOf = (table) => new Set([...table.keys()].map(base));
const formsOf = (language) => new Intl.PluralRules(language).resolvedOptions().pluralCategories;

async function tablesOf(stem, wanted) {
  const tables = {};
  for (const language of wanted) {
    const file = JSON.parse(await readFile(new URL(`${stem}${language}.json`, texts), 'utf8'));
    tables[language] = new Map(flatten(file));
  }
  return tables;
}

/** A text that a translator or a keyboard left in the wrong script. */
function judgeScript(name, language, key, text, english) {
  if (latin.includes(language) && /\p{Script=Cyrillic}/u.test(text) && english !== text) complaints.push(`${name}: ${key} has Cyrillic letters`);
  if (!cyrillic.includes(language) || /\p{Script=Cyrillic}/u.test(text) || english !== text) return;
  if (!/\p{Script=Latin}{3}/u.test(text.replace(/{{.*?}}|<\/?\w+\/?>/g, ''))) return;
  // Names and abbreviations stay as they are.
  if (!/^[A-Z0-9 .:+/&-]+$|^(MD5|SHA|URL|Tor$)|^example\.org$/.test(text)) complaints.push(`${name}: ${key} is not translated`);
}

/** What is amiss in a language, apart from what it lacks. */
function judge(stem, tables, language) {
  const name = stem + language;
  const table = tables[language];
  const have = keysOf(table);
  const wanted = keysOf(tables.en);
  const forms = formsOf(language);
  for (const key of have) if (!wanted.has(key)) complaints.push(`${name}: ${key} is not in en`);
  for (const key of have) {
    const present = [...table.keys()].filter((full) => formIn(full) !== undefined && base(full) === key);
    if (present.length === 0) continue;
    for (const form of forms) if (!table.has(`${key}_${form}`)) complaints.push(`${name}: ${key} lacks the form ${form}`);
    for (const full of present) {
      const form = formIn(full);
      if (!forms.includes(form)) complaints.push(`${name}: ${full} is a form this language does not have`);
    }
  }
  for (const [key, text] of table) {
    if (text.trim() === '') complaints.push(`${name}: ${key} is empty`);
    judgeScript(name, language, key, text, tables.en.get(key));
    const other = tables.en.get(key) ?? tables.en.get(`${base(key)}_other`);
    if (other !== undefined && variables(other) !== variables(text) && formIn(key) === undefined) {
      complaints.push(`${name}: ${key} has the variables "${variables(text)}", en has "${variables(other)}"`);
    }
  }
}

const lacking = (tables, language) => {
  const have = keysOf(tables[language]);
  return [...keysOf(tables.en)].filter((key) => !have.has(key));
};

/** Complains of what the offered languages do not have in common; the keys of all of them. */
function compare(stem, tables) {
  for (const language of languages) {
    judge(stem, tables, language);
    for (const key of lacking(tables, language)) complaints.push(`${stem}${language}: ${key} is missing`);
  }
  return keysOf(tables.en);
}

/** Complains of keys that nothing asks for: neither by name nor by the stem of a name that is put together. */
function use(stem, wanted, asked, stems) {
  for (const key of wanted) {
    if (asked.has(key) || [...stems].some((begin) => key.startsWith(begin))) continue;
    complaints.push(`${stem}en: ${key} is used nowhere`);
  }
}

/** The English texts of the keys, in the forms that the language needs, as the tree that its file is. */
function toFill(tables, language) {
  const tree = {};
  const put = (key, text) => {
    const names = key.split('.');
    const last = names.pop();
    names.reduce((node, name) => (node[name] ??= {}), tree)[last] = text;
  };
  for (const key of lacking(tables, language)) {
    if (tables.en.has(key)) put(key, tables.en.get(key));
    else for (const form of formsOf(language)) put(`${key}_${form}`, tables.en.get(`${key}_${form}`) ?? tables.en.get(`${key}_other`));
  }
  return tree;
}

async function desk(tables) {
  const wanted = compare('', tables);
  for (const language of prepared) judge('', tables, language);
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
  const wanted = compare('portal.', await tablesOf('portal.', languages));
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

const tables = await tablesOf('', [...languages, ...prepared]);
const asksFor = process.argv.indexOf('--missing');
if (asksFor > 0) {
  const language = process.argv[asksFor + 1];
  if (!(language in tables)) {
    console.error(`--missing takes one of ${[...languages, ...prepared].join(', ')}`);
    process.exit(2);
  }
  console.log(JSON.stringify(toFill(tables, language), null, 2));
  process.exit(0);
}
const count = (await desk(tables)) + (await portal());
for (const complaint of complaints) console.error(complaint);
for (const language of prepared) {
  const left = lacking(tables, language).length;
  const all = keysOf(tables.en).size;
  console.log(`${language}: ${all - left} of ${all} texts of the desk${left === 0 ? '; complete, to be offered in src/app/i18n.ts' : ''}`);
}
console.log(complaints.length === 0 ? `${count} texts in ${languages.join(', ')}: complete` : `${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
