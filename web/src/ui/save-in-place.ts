import type { UseMutationResult } from '@tanstack/react-query';
import { say } from './toast';
import { sayUndoable } from './undo';
import { isAnythingUnsaved } from './unsaved';

interface Saving<Stored, Input> {
  present: Stored;
  input: Input;
  why: string;
}

interface InPlace<Stored, Input> {
  begun: Stored;
  setBegun: (stored: Stored) => void;
  save: UseMutationResult<Stored, Error, Saving<Stored, Input>>;
  /** The same once more, so that what it meets is not told of the form. */
  undo: UseMutationResult<Stored, Error, Saving<Stored, Input>>;
  inputOf: (stored: Stored) => Input;
  said: string;
}

/**
 * For a form that stays when it is saved: it goes on with what is stored then, and with what stood before where that is
 * undone, unless something is typed in it again.
 */
export function saveInPlace<Stored extends { version: number }, Input>({ begun, setBegun, save, undo, inputOf, said }: InPlace<Stored, Input>, input: Input, why: string, letGo: () => void): void {
  const putBack = async (saved: Stored, reason: string) => {
    const again = await undo.mutateAsync({ present: saved, input: inputOf(begun), why: reason });
    if (!isAnythingUnsaved()) setBegun(again);
  };
  save.mutate(
    { present: begun, input, why },
    {
      onSuccess: (saved) => {
        letGo();
        setBegun(saved);
        if (begun.version === 0) say(said);
        else sayUndoable(said, (reason) => putBack(saved, reason));
      },
    },
  );
}
