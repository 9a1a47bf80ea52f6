import type { i18n as I18n, TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { fieldName, type LabelGroup } from './field-name';

const keyOf = (text: string): string => `reason.${text.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '')}`;

/** A known reason in the reader's language; its first two numbers stand in the text as `n` and `m`, what the server puts in back-quotes as `x`. */
function known(text: string, t: TFunction, i18n: I18n): string | undefined {
  if (i18n.exists(keyOf(text))) return t(keyOf(text));
  const numbers: string[] = [];
  let quoted = '';
  const general = text
    .replace(/`([^`]*)`/, (_, inside: string) => {
      quoted = inside;
      return '`x`';
    })
    .replace(/\d+(?:,\d{3})*/g, (number) => (numbers.push(number) === 1 ? 'n' : 'm'));
  return i18n.exists(keyOf(general)) ? t(keyOf(general), { n: numbers[0], m: numbers[1], x: quoted }) : undefined;
}

/** Whether the desk has its own words for a reason. */
export const isKnown = (text: string, t: TFunction, i18n: I18n): boolean => known(text, t, i18n) !== undefined;

interface ReasonProps {
  text: string;
  /** The text is about the reader's own file: fields stay called as its columns are. */
  ofFile?: boolean;
  /** The form's own labels. */
  labels?: LabelGroup | undefined;
}

/** The server's reason in the reader's language where it is a known one, with the field or the reason it names first; else as the server said it. */
export function Reason({ text, ofFile = false, labels }: ReasonProps) {
  const { t, i18n } = useTranslation();
  const whole = known(text, t, i18n);
  if (whole !== undefined) return <>{whole}</>;
  const [, head = '', rest = ''] = /^((?:`[^`]*`|[^:])+?): (.+)$/.exec(text) ?? [];
  const [, entry, tail = rest] = /^entry (\d+) (.+)$/.exec(rest) ?? [];
  const why = known(tail, t, i18n);
  const name = known(head, t, i18n) ?? (ofFile ? undefined : fieldName(head, t, i18n, labels));
  if (why === undefined && name === undefined) return <span lang="en">{text}</span>;
  return (
    <>
      {name ?? <span translate="no">{head}</span>}: {why !== undefined && entry !== undefined && `${t('reason.entry', { entry })} `}
      {why ?? (rest.includes(': ') ? <Reason text={rest} ofFile={ofFile} labels={labels} /> : <span lang="en">{rest}</span>)}
    </>
  );
}

/** Of a field's fault, what its input shows. */
export const faultOf = (faults: ReadonlyMap<string, string>, field: string) => {
  const text = faults.get(field);
  return text === undefined ? undefined : <Reason text={text} />;
};
