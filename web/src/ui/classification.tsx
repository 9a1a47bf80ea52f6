import { useTranslation } from 'react-i18next';

/** Class and type of the Reference Security Incident Taxonomy in words; as they stand when the taxonomy has no such word. */
export function useClassification() {
  const { t } = useTranslation();
  const word = (group: 'class' | 'type', id: string) => t(`rsit.${group}.${id.replaceAll('-', '_')}`, { defaultValue: id });
  return (classId: string | null, typeId: string | null): string | null => {
    if (typeId !== null) return word('type', typeId);
    return classId === null ? null : word('class', classId);
  };
}

export function Classification({ of: { class: classId, type } }: { of: { class: string | null; type: string | null } }) {
  const words = useClassification()(classId, type);
  return words === null ? <span className="k-faint">–</span> : <span>{words}</span>;
}
