import { useEffect, type ReactNode } from 'react';

interface PageHeaderProps {
  /** The page's name, also for the browser's tab. */
  title: string;
  /** The language of a title that somebody wrote, empty where nobody said which; none where it is the desk's own word. */
  written?: string;
  /** The sentence a person came for. */
  answer?: ReactNode;
  above?: ReactNode;
  marks?: ReactNode;
  actions?: ReactNode;
}

/** Answer first: what this page is, and the sentence one came for, before anything else. */
export function PageHeader({ title, written, answer, above, marks, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Kula`;
  }, [title]);
  return (
    <header className="k-page-head">
      <div className="k-page-words">
        {above !== undefined && <div className="k-page-above">{above}</div>}
        <div className="k-page-title">
          <h1 lang={written === '' ? undefined : written} translate={written === undefined ? undefined : 'no'}>
            {title}
          </h1>
          {marks}
        </div>
        {answer !== undefined && <p className="k-answer">{answer}</p>}
      </div>
      {actions !== undefined && <div className="k-page-actions">{actions}</div>}
    </header>
  );
}
