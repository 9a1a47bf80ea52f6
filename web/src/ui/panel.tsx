import { useId, type ReactNode } from 'react';

interface PanelProps {
  title?: ReactNode;
  /** What the numbers in it are. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  className?: string;
}

/** One part of a page, with its heading. */
export function Panel({ title, note, actions, children, flush = false, className = '' }: PanelProps) {
  const id = useId();
  return (
    <section className={`k-panel ${className}`} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <header className="k-panel-head">
          <h2 id={id}>{title}</h2>
          {note !== undefined && <span className="k-panel-note">{note}</span>}
          {actions !== undefined && <div className="k-panel-actions">{actions}</div>}
        </header>
      )}
      <div className={flush ? undefined : 'k-panel-body'}>{children}</div>
    </section>
  );
}
