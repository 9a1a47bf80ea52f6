import { useMediaQuery } from '@mantine/hooks';
import { useCallback } from 'react';

interface Beside<Row> {
  /** Of the row whose record stands beside the list; part of the address. */
  open: string | undefined;
  change: (next: { open: string | undefined }, way: { replace: boolean }) => void;
  id: (row: Row) => string;
  /** Columns that a person hides. */
  chosen: readonly string[];
  /** Columns that give way to the panel where there is no room for both. */
  giveWay: readonly string[];
}

/** A list with one of its records beside it: which, how one goes to the next, and what is left of the list's columns. */
export function useBeside<Row>({ open, change, id, chosen, giveWay }: Beside<Row>) {
  const roomy = useMediaQuery('(min-width: 1800px)');
  const select = useCallback((row: Row) => change({ open: id(row) }, { replace: true }), [change, id]);
  const close = useCallback(() => change({ open: undefined }, { replace: true }), [change]);
  return { open, id, select, close, hidden: open !== undefined && !roomy ? giveWay : chosen };
}
