// The rules for a password that the desk can see for itself; whether it is a common one only the server knows. Pure.

export const shortest = 12;
export const longest = 128;

export type Rule = 'length' | 'name' | 'common';

/** Kept, broken, or known to the server only. In characters as people count them. */
export function judge(password: string, name: string | undefined): Readonly<Record<Rule, boolean | undefined>> {
  const length = [...password].length;
  return {
    length: length >= shortest && length <= longest,
    name: name === undefined ? undefined : password !== '' && password.toLowerCase() !== name.toLowerCase(),
    common: undefined,
  };
}
