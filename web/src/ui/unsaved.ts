import { t } from 'i18next';
import { useEffect, useRef } from 'react';
import type { AroundNavHandler } from 'wouter';

const drafts = new Set<symbol>();

/** While `isUnsaved`, leaving the page asks first. Yields what lets go of the draft: once it is saved, or given up on purpose. */
export function useUnsaved(isUnsaved: boolean): () => void {
  const draft = useRef(Symbol('draft'));
  useEffect(() => {
    const mine = draft.current;
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (drafts.has(mine)) event.preventDefault();
    };
    drafts.add(mine);
    window.addEventListener('beforeunload', ask);
    return () => {
      drafts.delete(mine);
      window.removeEventListener('beforeunload', ask);
    };
  }, [isUnsaved]);
  return () => drafts.delete(draft.current);
}

export const isAnythingUnsaved = (): boolean => drafts.size > 0;

/** Asks, where something typed would be lost. */
export const mayLeave = (): boolean => !isAnythingUnsaved() || window.confirm(t('draft.leave'));

/** For the router: goes where a link leads, unless a person would rather keep what they typed. */
export const askBeforeLeaving: AroundNavHandler = (navigate, to, options) => {
  if (mayLeave()) navigate(to, options);
};
