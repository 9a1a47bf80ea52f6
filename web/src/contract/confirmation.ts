// Before something grave the server asks who is there: the request waits until its person has shown it, then goes again.

let answer: ((shown: boolean) => void) | undefined;
let asked: Promise<boolean> | undefined;
const watchers = new Set<() => void>();

const tell = (): void => {
  for (const watcher of [...watchers]) watcher();
};

export const isConfirmationAsked = (): boolean => asked !== undefined;

export function watchConfirmation(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Asks the person once for all requests that wait; false where they would rather not, or nobody is there to ask them. */
export function askConfirmation(): Promise<boolean> {
  if (watchers.size === 0) return Promise.resolve(false);
  asked ??= new Promise((resolve) => {
    answer = resolve;
  });
  tell();
  return asked;
}

export function settleConfirmation(shown: boolean): void {
  answer?.(shown);
  answer = undefined;
  asked = undefined;
  tell();
}
