/** A chosen file's text; UTF-8, with or without a byte order mark. */
export async function fileText(file: File): Promise<string> {
  const text = await file.text();
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
