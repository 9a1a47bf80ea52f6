// Every offered language has every key with the same variables and the plural forms its grammar needs; every key is used,
// and every key that the code asks for exists. Prepared languages are held to the same for what is filled, and the check
// tells how far each has come; `node scripts/check-i18n.mjs --missing bs` writes what is still to be filled, with the
// English texts, as JSON to be translated and merged.
import { readdir, readFile } from 'node:fs/promises';

const texts = new URL('../../data/i18n/', import.meta.url);
const sources = new URL('../src/', import.meta.url);
const languages = ['en', 'mk', 'sq'];
/** May be filled, and are offered to nobody until they are complete. */
const prepared = ['sr-Cyrl', 'sr-Latn', 'bs'];
const complaints = [];

const flatten = (node, prefix = '') =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
const variables = (text) => [...text.matchAll(/{{\s*(\w+)/g)].map((match) => match[1]).sort().join(' ');
const plural = /_(zero|one|two|few|many|other)$/;

const tables = {};
for (const language of [...languages, ...prepared]) {
  const file = JSON.parse(await readFile(new URL(`${language}.json`, texts), 'utf8'));
  tables[language] = new Map(flatten(file));
}

const base = (key) => key.replace(plural, '');
const formsOf = (language) => new Intl.PluralRules(language).resolvedOptions().pluralCategories;
const keysOf = (language) => new Set([...tables[language].keys()].map(base));
const wanted = keysOf('en');

/** What is amiss in a language, apart from what it lacks. */
function judge(language) {
  const table = tables[language];
  const have = keysOf(language);
  const forms = formsOf(language);
  for (const key of have) if (!wanted.has(key)) complaints.push(`${language}: ${key} is not in en`);
  for (const key of have) {
    const present = [...table.keys()].filter((name) => plural.test(name) && base(name) === key);
    if (present.length === 0) continue;
    for (const form of forms) if (!table.has(`${key}_${form}`)) complaints.push(`${language}: ${key} lacks the form ${form}`);
    for (const name of present) {
      const form = name.match(plural)[1];
      if (!forms.includes(form)) complaints.push(`${language}: ${name} is a form this language does not have`);
    }
  }
  for (const [key, text] of table) {
    if (text.trim() === '') complaints.push(`${language}: ${key} is empty`);
    const other = tables.en.get(key) ?? tables.en.get(`${base(key)}_other`);
    if (other !== undefined && variables(other) !== variables(text) && !plural.test(key)) {
      complaints.push(`${language}: ${key} has the variables "${variables(text)}", en has "${variables(other)}"`);
    }
  }
}

const lacking = (language) => {
  const have = keysOf(language);
  return [...wanted].filter((key) => !have.has(key));
};

for (const language of languages) {
  judge(language);
  for (const key of lacking(language)) complaints.push(`${language}: ${key} is missing`);
}
for (const language of prepared) judge(language);

/** The English texts of the keys, in the forms that the language needs, as the tree that its file is. */
function toFill(language) {
  const tree = {};
  const put = (key, text) => {
    const names = key.split('.');
    const last = names.pop();
    names.reduce((node, name) => (node[name] ??= {}), tree)[last] = text;
  };
  for (const key of lacking(language)) {
    if (tables.en.has(key)) put(key, tables.en.get(key));
    else for (const form of formsOf(language)) put(`${key}_${form}`, tables.en.get(`${key}_${form}`) ?? tables.en.get(`${key}_other`));
  }
  return tree;
}

const asksFor = process.argv.indexOf('--missing');
if (asksFor > 0) {
  const language = process.argv[asksFor + 1];
  if (!(language in tables)) {
    console.error(`--missing takes one of ${[...languages, ...prepared].join(', ')}`);
    process.exit(2);
  }
  console.log(JSON.stringify(toFill(language), null, 2));
  process.exit(0);
}

// One script a language: a letter of the other is a slip of the keyboard or of the translator.
for (const language of ['sr-Latn', 'bs', 'sq']) {
  for (const [key, text] of tables[language]) if (/\p{Script=Cyrillic}/u.test(text) && tables.en.get(key) !== text) complaints.push(`${language}: ${key} has Cyrillic letters`);
}

// Letters that a translation in Cyrillic should not have outside names and abbreviations are a sign of a forgotten text.
for (const [language, [key, text]] of ['mk', 'sr-Cyrl'].flatMap((each) => [...tables[each]].map((entry) => [each, entry]))) {
  if (!/\p{Script=Cyrillic}/u.test(text) && /\p{Script=Latin}{3}/u.test(text.replace(/{{.*?}}|<\/?\w+\/?>/g, '')) && tables.en.get(key) === text) {
    if (!/^[A-Z0-9 .:+/&-]+$|^(MD5|SHA|URL|Tor$)|^example\.org$/.test(text)) complaints.push(`${language}: ${key} is not translated`);
  }
}

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
for (const key of wanted) {
  if (asked.has(key) || [...stems].some((stem) => key.startsWith(stem))) continue;
  complaints.push(`en: ${key} is used nowhere`);
}

for (const complaint of complaints) console.error(complaint);
for (const language of prepared) {
  const filled = wanted.size - lacking(language).length;
  console.log(`${language}: ${filled} of ${wanted.size} texts${filled === wanted.size ? '; complete, to be offered in src/app/i18n.ts' : ''}`);
}
console.log(complaints.length === 0 ? `${wanted.size} texts in ${languages.join(', ')}: complete` : `${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
