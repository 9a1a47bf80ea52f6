import { useTranslation } from 'react-i18next';
import { useDemoPeople, type DemoPerson } from '@/contract/use-demo-people';

/** Under the form of a demo: its people, to sign in as with one click. */
export function DemoPeople({ onChoose }: { onChoose: (person: DemoPerson) => void }) {
  const { t } = useTranslation();
  const people = useDemoPeople();
  if (people.length === 0) return null;
  return (
    <section className="k-demo-people" aria-labelledby="k-demo-people">
      <h2 id="k-demo-people">{t('demo.title')}</h2>
      <p>{t('demo.sign_in')}</p>
      <ul>
        {people.map((person) => (
          <li key={person.name}>
            <button type="button" onClick={() => onChoose(person)}>
              <strong>{person.roles.map((role) => t(`role.${role}`)).join(', ')}</strong>
              <span>{person.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
