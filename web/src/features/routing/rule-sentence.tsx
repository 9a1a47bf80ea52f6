import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { OrganisationLink } from '@/ui/organisation-link';
import type { Rule } from './draft';
import { clausesOf, ladderOf, type Part } from './sentence';
import { useWords } from './use-words';

function PartView({ part }: { part: Part }) {
  if (part.is === 'word') return <span>{part.text}</span>;
  return <span className="k-rule-value">{part.is === 'organisation' ? <OrganisationLink id={part.id} /> : part.text}</span>;
}

/** A rule in words: when it fits, who is told, how and how often; `place` from 0 on. */
export function RuleSentence({ rule, place }: { rule: Rule; place: number }) {
  const { t } = useTranslation();
  const words = useWords();
  const steps = ladderOf(rule, words);
  return (
    <dl className="k-clauses">
      {clausesOf(rule, place, words).map(({ key, label, parts }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            {parts.map((part, index) => (
              <PartView key={index} part={part} />
            ))}
          </dd>
        </div>
      ))}
      {steps.length > 0 && (
        <div>
          <dt>{t('routing.ladder')}</dt>
          <dd>
            <ol className="k-ladder" aria-label={t('routing.ladder')}>
              {steps.map(({ key, after, whom }) => (
                <li key={key}>
                  <span className="k-faint">{after}</span> <IconArrowRight size={13} aria-hidden /> <span className="k-rule-value">{whom}</span>
                </li>
              ))}
            </ol>
          </dd>
        </div>
      )}
    </dl>
  );
}
