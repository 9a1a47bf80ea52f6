import type { ReactNode } from 'react';

interface EmptyProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** Empty is a teacher: what will stand here, and how it comes. */
export function Empty({ icon, title, children, actions }: EmptyProps) {
  return (
    <div className="k-empty">
      <div className="k-empty-icon" aria-hidden>
        {icon}
      </div>
      <h2>{title}</h2>
      <div className="k-empty-text">{children}</div>
      {actions !== undefined && <div className="k-empty-actions">{actions}</div>}
    </div>
  );
}
