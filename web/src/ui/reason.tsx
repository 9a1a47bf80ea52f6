import { useTranslation } from 'react-i18next';

/** The server's reason in the reader's language where it is a known one; else as the server said it. */
export function Reason({ text }: { text: string }) {
  const { t, i18n } = useTranslation();
  const key = `reason.${text.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '')}`;
  return i18n.exists(key) ? <>{t(key)}</> : <span lang="en">{text}</span>;
}
