import type { FindingStory } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { textIn, WithCode } from '@/ui/local-text';

/** What it means, and what its owner does about it, step by step. */
export function Advice({ story: { advice } }: { story: FindingStory }) {
  const { language } = useFormat();
  return (
    <div className="k-advice">
      <p>{textIn(advice.what, language)}</p>
      <ol>
        {advice.do.map((step) => (
          <li key={step.en}>
            <WithCode text={textIn(step, language)} />
          </li>
        ))}
      </ol>
    </div>
  );
}
