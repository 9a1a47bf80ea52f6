import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

export interface DemoPerson {
  name: string;
  password: string;
  roles: readonly string[];
}

/** A server that is started to show itself tells whom one may sign in as; every other one has no such file. */
async function readPeople(signal: AbortSignal): Promise<readonly DemoPerson[]> {
  const response = await fetch('/desk/demo.json', { signal });
  if (!response.ok || response.headers.get('Content-Type')?.includes('json') !== true) return [];
  return ((await response.json()) as { people: DemoPerson[] }).people;
}

/** Under the form of a demo: its people, to sign in as with one click. */
export function DemoPeople({ onChoose }: { onChoose: (person: DemoPerson) => void }) {
  const { t } = useTranslation();
  const { data: people = [] } = useQuery({ queryKey: ['demo-people'], queryFn: ({ signal }) => readPeople(signal), staleTime: Infinity, retry: false });
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
