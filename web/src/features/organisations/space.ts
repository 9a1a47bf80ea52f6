/** Texts as people paste them: separated by blanks, commas or lines; `#` begins a comment. */
const words = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => (line.split('#')[0] ?? '').split(/[\s,;]+/))
    .filter((word) => word !== '');

export interface WantedSpace {
  prefixes: string[];
  asNumbers: number[];
  /** What should be an AS number and is none. */
  wrong: string[];
}

export function readSpace(prefixes: string, numbers: string): WantedSpace {
  const asNumbers: number[] = [];
  const wrong: string[] = [];
  for (const word of words(numbers)) {
    const digits = /^(?:AS)?(\d{1,10})$/i.exec(word)?.[1];
    if (digits === undefined || Number(digits) > 4_294_967_295) wrong.push(word);
    else asNumbers.push(Number(digits));
  }
  return { prefixes: [...new Set(words(prefixes))], asNumbers: [...new Set(asNumbers)], wrong };
}
