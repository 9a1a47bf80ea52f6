// The rules for a password that the desk can see for itself; whether it is a common one only the server knows. Pure.

export const shortest = 12;
export const longest = 128;

export type Rule = 'length' | 'name' | 'common';

/** A name of less than four letters stands in too many words to tell anything. */
const shortestTelling = 4;

function holds(password: string, name: string): boolean {
  const local = (name.split('@')[0] ?? '').toLowerCase();
  return local.length >= shortestTelling && password.toLowerCase().includes(local);
}

/** Kept, broken, or known to the server only. In characters, as the server counts them. */
export function judge(password: string, name: string | undefined): Readonly<Record<Rule, boolean | undefined>> {
  const length = Array.from(password).length;
  return {
    length: length >= shortest && length <= longest,
    name: name === undefined ? undefined : password !== '' && !holds(password, name),
    common: undefined,
  };
}
