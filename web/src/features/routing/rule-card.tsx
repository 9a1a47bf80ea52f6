import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconPencil, IconTrash, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/format';
import { useNow } from '@/ui/use-now';
import { isOver, nameIn, type Rule } from './draft';
import type { RuleFigures } from './plan';
import { RuleSentence } from './rule-sentence';

export type RuleDeed = 'up' | 'down' | 'edit' | 'copy' | 'remove';

const icons: Readonly<Record<RuleDeed, Icon>> = { up: IconArrowUp, down: IconArrowDown, edit: IconPencil, copy: IconCopy, remove: IconTrash };
const deeds: readonly RuleDeed[] = ['up', 'down', 'edit', 'copy', 'remove'];

interface RuleCardProps {
  rule: Rule;
  /** From 0 on, of so many. */
  place: number;
  count: number;
  /** Of the preview; absent where it does not tell. */
  figures: RuleFigures | undefined;
  /** The place of the rule that lets nothing through to this one. */
  behind: number | undefined;
  faulty: boolean;
  /** Absent for those who may only read. */
  onDeed?: (deed: RuleDeed) => void;
}

function Deeds({ rule, place, count, onDeed }: Pick<RuleCardProps, 'rule' | 'place' | 'count'> & { onDeed: (deed: RuleDeed) => void }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const name = nameIn(rule.name, language);
  return (
    <div className="k-rule-deeds k-no-print">
      {deeds.map((deed) => {
        const Mark = icons[deed];
        const impossible = (deed === 'up' && place === 0) || (deed === 'down' && place === count - 1);
        return (
          <Tooltip key={deed} label={t(`routing.${deed}`)} openDelay={300}>
            <ActionIcon variant="subtle" color="gray" data-deed={deed} disabled={impossible} aria-label={`${t(`routing.${deed}`)}: ${name}`} onClick={() => onDeed(deed)}>
              <Mark size={16} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        );
      })}
    </div>
  );
}

function Marks({ rule, behind, faulty }: Pick<RuleCardProps, 'rule' | 'behind' | 'faulty'>) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <span className="k-marks">
      {!rule.tells && <span className="k-mark">{t('routing.nobody_told')}</span>}
      {isOver(rule, now) && (
        <span className="k-mark" data-tone="warn">
          {t('routing.mark_over')}
        </span>
      )}
      {behind !== undefined && (
        <span className="k-mark" data-tone="warn">
          {t('routing.mark_behind', { number: behind + 1 })}
        </span>
      )}
      {faulty && (
        <span className="k-mark" data-tone="bad">
          {t('routing.mark_faulty')}
        </span>
      )}
    </span>
  );
}

/** What the rule does now, by the preview. */
function Now({ figures, tells }: { figures: RuleFigures; tells: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = tells ? figures.told : figures.suppressed;
  if (count === 0) return <span className="k-faint">{t(tells ? 'routing.now_told_none' : 'routing.now_suppressed_none')}</span>;
  return <span className="k-rule-now">{t(tells ? 'routing.now_told' : 'routing.now_suppressed', { count, n: format.number(count) })}</span>;
}

/** One rule to be read, with what may be done to it. */
export function RuleCard({ rule, place, count, figures, behind, faulty, onDeed }: RuleCardProps) {
  const { language } = useFormat();
  return (
    <>
      <header className="k-rule-head">
        <span className="k-rule-number" aria-hidden>
          {place + 1}
        </span>
        <div className="k-rule-title">
          <h2>{nameIn(rule.name, language)}</h2>
          <Marks rule={rule} behind={behind} faulty={faulty} />
          {figures !== undefined && <Now figures={figures} tells={rule.tells} />}
        </div>
        {onDeed !== undefined && <Deeds rule={rule} place={place} count={count} onDeed={onDeed} />}
      </header>
      <RuleSentence rule={rule} place={place} />
    </>
  );
}
