import { useTranslation } from 'react-i18next';

/** How grave a feed calls it, in words; as it stands where there is no word for it. */
export function Severity({ value }: { value: string }) {
  const { t } = useTranslation();
  return <>{t(`event.severity_${value}`, { defaultValue: value })}</>;
}
