// Before and after of a record, field by field. Pure.

export interface FieldChange {
  /** `contacts[0].email`; empty where the whole is no object. */
  field: string;
  kind: 'added' | 'removed' | 'changed';
  before: string | null;
  after: string | null;
}

/** What every change touches, and which therefore tells nothing. */
const silent = new Set(['version', 'changed_at', 'changed_by']);
const most = 500;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Plain values in a row stay one value; what is made of parts is taken apart. */
const isPlainList = (value: readonly unknown[]) => value.every((each) => typeof each !== 'object' || each === null);

function flatten(value: unknown, field: string, into: Map<string, string>): Map<string, string> {
  if (value === null || value === undefined || value === '') return into;
  if (isObject(value)) {
    for (const [name, each] of Object.entries(value)) if (field !== '' || !silent.has(name)) flatten(each, field === '' ? name : `${field}.${name}`, into);
  } else if (Array.isArray(value) && !isPlainList(value)) {
    value.forEach((each, index) => flatten(each, `${field}[${index}]`, into));
  } else if (Array.isArray(value)) {
    if (value.length > 0) into.set(field, value.map(String).join(', '));
  } else {
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- objects were taken apart above
    into.set(field, String(value));
  }
  return into;
}

/** What differs, in the order in which the record names its fields. Absent, null and empty are one. */
export function differenceOf(before: unknown, after: unknown): readonly FieldChange[] {
  const was = flatten(before, '', new Map());
  const is = flatten(after, '', new Map());
  const changes: FieldChange[] = [];
  for (const field of new Set([...is.keys(), ...was.keys()])) {
    const old = was.get(field) ?? null;
    const now = is.get(field) ?? null;
    if (old === now) continue;
    changes.push({ field, kind: old === null ? 'added' : now === null ? 'removed' : 'changed', before: old, after: now });
  }
  return changes.slice(0, most);
}

/** One side of what the server compared, as the record that it was or is. */
export const sideOf = (differences: readonly { field: string; before?: unknown; after?: unknown }[], side: 'before' | 'after'): Readonly<Record<string, unknown>> => Object.fromEntries(differences.map((each) => [each.field, each[side]]));
