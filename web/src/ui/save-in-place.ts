import type { UseMutationResult } from '@tanstack/react-query';
import type { Saving } from '@/contract/sole-record';
import { say } from './toast';
import { sayUndoable } from './undo';

interface InPlace<Stored, Input> {
  /** Of the record, as the trail names it. */
  subject: string;
  begun: Stored;
  save: UseMutationResult<Stored, Error, Saving<Stored, Input>>;
  /** The same once more, so that what it meets is not told of the form. */
  undo: UseMutationResult<Stored, Error, Saving<Stored, Input>>;
  inputOf: (stored: Stored) => Input;
  said: string;
}

/** For a form that stays when it is saved: `useBegun` goes on with what is stored then, and with what stood before where that is undone. */
export function saveInPlace<Stored extends { version: number }, Input>({ subject, begun, save, undo, inputOf, said }: InPlace<Stored, Input>, input: Input, why: string, letGo: () => void): void {
  save.mutate(
    { present: begun, input, why },
    {
      onSuccess: (saved) => {
        letGo();
        if (begun.version === 0) say(said);
        else sayUndoable(subject, said, (reason) => undo.mutateAsync({ present: saved, input: inputOf(begun), why: reason }));
      },
    },
  );
}
