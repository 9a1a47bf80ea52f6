import { useEffect, type ReactNode } from 'react';

/** A page outside of the desk: one card, one question. */
export function Door({ title, answer, children }: { title: string; answer?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Kula`;
  }, [title]);
  return (
    <section className="k-door">
      <h1>{title}</h1>
      {answer !== undefined && <p className="k-door-answer">{answer}</p>}
      {children}
    </section>
  );
}
