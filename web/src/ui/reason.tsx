import { useTranslation } from 'react-i18next';

const keyOf = (text: string): string => `reason.${text.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '')}`;

/** The server's reason in the reader's language where it is a known one, with the field it names; else as the server said it. */
export function Reason({ text }: { text: string }) {
  const { t, i18n } = useTranslation();
  if (i18n.exists(keyOf(text))) return <>{t(keyOf(text))}</>;
  const [, head = '', rest = ''] = /^([^:]+): (.+)$/.exec(text) ?? [];
  const [, entry, tail = rest] = /^entry (\d+) (.+)$/.exec(rest) ?? [];
  if (tail !== '' && i18n.exists(keyOf(tail))) {
    return (
      <>
        {i18n.exists(keyOf(head)) ? t(keyOf(head)) : <span translate="no">{head}</span>}: {entry !== undefined && `${t('reason.entry', { entry })} `}
        {t(keyOf(tail))}
      </>
    );
  }
  return <span lang="en">{text}</span>;
}

/** Of a field's fault, what its input shows. */
export const faultOf = (faults: ReadonlyMap<string, string>, field: string) => {
  const text = faults.get(field);
  return text === undefined ? undefined : <Reason text={text} />;
};
