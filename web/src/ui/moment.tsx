import { Tooltip } from '@mantine/core';
import { useFormat } from './format';
import { useNow } from './use-now';

interface MomentProps {
  at: string | null | undefined;
  /** `ago`: how long since; `brief`: the time, with its day unless today; `full`: to the second; `time`: the time alone, where its day stands above. */
  as?: 'ago' | 'brief' | 'full' | 'day' | 'time';
  /** What stands when there is no such moment. */
  absent?: string;
}

/** A moment in the reader's zone, with UTC on hover. */
export function Moment({ at, as = 'brief', absent = '–' }: MomentProps) {
  const format = useFormat();
  const now = useNow();
  if (at === null || at === undefined) return <span className="k-faint">{absent}</span>;
  const text = {
    ago: () => format.ago(at, now),
    brief: () => format.brief(at, now),
    full: () => format.full(at),
    day: () => format.day(at),
    time: () => format.time(at),
  }[as]();
  return (
    <Tooltip label={as === 'ago' ? `${format.full(at)} · ${format.utc(at)}` : format.utc(at)} openDelay={300}>
      <time dateTime={at} className="k-moment">
        {text}
      </time>
    </Tooltip>
  );
}
