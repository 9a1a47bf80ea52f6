/** A chosen file's text; UTF-8, with or without a byte order mark. Undefined where it is no such text. */
export async function fileText(file: File): Promise<string | undefined> {
  return textOfBytes(new Uint8Array(await file.arrayBuffer()));
}

/** As `fileText`, of what was read already. A zero byte is valid UTF-8, and yet no text has one. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
