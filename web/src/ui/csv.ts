// Comma-separated values (RFC 4180), safe to open in a spreadsheet.

/** A cell that a spreadsheet would run as a formula is kept as text. */
function cell(value: string | number | null | undefined): string {
  let text = value === null || value === undefined ? '' : String(value);
  if (typeof value === 'string' && /^'*[=+\-@\t\r\n]/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const toCsv = (header: readonly string[], rows: readonly (readonly (string | number | null | undefined)[])[]): string =>
  [header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';

function hand(name: string, parts: string[], type: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Hands a text to the browser as a file; with a byte order mark, so that spreadsheets read Cyrillic. */
export const download = (name: string, text: string, type = 'text/csv'): void => hand(name, ['\uFEFF', text], type);

/** As it is, byte for byte: what was signed must not be changed. */
export const downloadPlain = (name: string, text: string): void => hand(name, [text], 'text/plain');
