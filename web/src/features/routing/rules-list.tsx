import { Button } from '@mantine/core';
import { IconBellOff, IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { say } from '@/ui/toast';
import { changed, copied, hiddenBehind, moved, mostRules, nameIn, newRule, restored, without, type Hours, type Rule } from './draft';
import type { RuleFigures } from './plan';
import { RuleCard, type RuleDeed } from './rule-card';
import { RuleForm } from './rule-form';

interface RulesListProps {
  rules: readonly Rule[];
  /** Of the team. */
  hours: Hours;
  /** Of each rule what was refused, by its key. */
  faults: ReadonlyMap<number, ReadonlyMap<string, string>>;
  figures: ReadonlyMap<number, RuleFigures> | undefined;
  /** Absent for those who may only read. */
  change?: (next: (rules: readonly Rule[]) => readonly Rule[]) => void;
}

const noFaults: ReadonlyMap<string, string> = new Map();
const noFigures: RuleFigures = { told: 0, messages: 0, suppressed: 0 };

/** After a deed the focus is where one goes on, also when its button has moved or is gone. */
function useFocusOn() {
  const list = useRef<HTMLOListElement>(null);
  const [wanted, setWanted] = useState<{ key: number; deeds: readonly RuleDeed[] }>();
  useEffect(() => {
    if (wanted === undefined) return;
    const card = list.current?.querySelector(`[data-rule="${wanted.key}"]`);
    const button = wanted.deeds.map((deed) => card?.querySelector<HTMLButtonElement>(`[data-deed=${deed}]:not(:disabled)`)).find((each) => each !== null && each !== undefined);
    button?.focus();
    button?.scrollIntoView({ block: 'nearest' });
  }, [wanted]);
  return [list, (key: number, ...deeds: RuleDeed[]) => setWanted({ key, deeds })] as const;
}

/** The rules in the order in which they are tried. One is open to be changed at a time. */
export function RulesList({ rules, hours, faults, figures, change }: RulesListProps) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const [open, setOpen] = useState<number>();
  const [said, setSaid] = useState('');
  const [list, focusOn] = useFocusOn();
  // Whoever is refused finds the first of what was refused open.
  const [refused, setRefused] = useState(faults);
  if (refused !== faults) {
    setRefused(faults);
    const [first] = faults.keys();
    if (first !== undefined) setOpen(first);
  }
  const tongue: Language = language === 'mk' || language === 'sq' ? language : 'en';
  const add = (kind: 'tells' | 'suppresses') => {
    const rule = newRule(kind, tongue, t(`routing.new_${kind}`));
    change?.((present) => [rule, ...present]);
    setOpen(rule.key);
  };
  const run = (rule: Rule, place: number, deed: RuleDeed) => {
    if (change === undefined) return;
    if (deed === 'edit') setOpen(rule.key);
    if (deed === 'copy') change((present) => copied(present, rule.key));
    if (deed === 'remove') {
      change((present) => without(present, rule.key));
      say(t('routing.removed', { name: nameIn(rule.name, language) }), 'good', { text: t('action.undo'), run: () => change((present) => restored(present, rule, place)) });
    }
    if (deed === 'up' || deed === 'down') {
      const by = deed === 'up' ? -1 : 1;
      change((present) => moved(present, rule.key, by));
      focusOn(rule.key, deed, deed === 'up' ? 'down' : 'up');
      setSaid(t('routing.moved', { name: nameIn(rule.name, language), number: place + by + 1 }));
    }
  };
  return (
    <section aria-label={t('routing.rules')} className="k-stack">
      {change !== undefined && (
        <div className="k-form-end">
          <Button leftSection={<IconPlus size={15} aria-hidden />} disabled={rules.length >= mostRules} onClick={() => add('tells')}>
            {t('routing.add')}
          </Button>
          <Button variant="default" leftSection={<IconBellOff size={15} aria-hidden />} disabled={rules.length >= mostRules} onClick={() => add('suppresses')}>
            {t('routing.add_suppression')}
          </Button>
        </div>
      )}
      {rules.length === 0 && <p className="k-faint">{t('routing.no_rules')}</p>}
      <ol ref={list} className="k-rules" aria-label={t('routing.rules')}>
        {rules.map((rule, place) => (
          <li key={rule.key} className="k-rule" data-rule={rule.key} data-tells={rule.tells} data-open={open === rule.key || undefined}>
            {open === rule.key && change !== undefined ? (
              <RuleForm
                hours={hours}
                rule={rule}
                faults={faults.get(rule.key) ?? noFaults}
                onChange={(next) => change((present) => changed(present, rule.key, next))}
                onDone={() => {
                  setOpen(undefined);
                  focusOn(rule.key, 'edit');
                }}
              />
            ) : (
              <RuleCard rule={rule} place={place} count={rules.length} figures={figures === undefined ? undefined : (figures.get(place + 1) ?? noFigures)} behind={hiddenBehind(rules, place)} faulty={faults.has(rule.key)} {...(change === undefined ? {} : { onDeed: (deed: RuleDeed) => run(rule, place, deed) })} />
            )}
          </li>
        ))}
      </ol>
      <p className="k-unseen" role="status">
        {said}
      </p>
    </section>
  );
}
