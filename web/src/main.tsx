import '@/app/mantine';
import '@/ui/fonts.css';
import '@/ui/tokens.css';
import '@/ui/base.css';
import '@/ui/parts.css';
import '@/ui/states.css';
import '@/ui/records.css';
import '@/ui/forms.css';
import '@/ui/table.css';
import '@/app/top-bar.css';
import '@/app/frame.css';
import '@/app/outside.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/app/app';
import { startLanguage } from '@/app/i18n';
import { loadInside } from '@/app/load-inside';
import { watchAttendance } from '@/contract/attendance';
import { askSession } from '@/contract/session';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

// Who is there is asked for beside the words, and the frame comes with the answer. A server that cannot be reached is
// asked anew by the page, which tells so.
watchAttendance();
void askSession()
  .then((session) => (session?.state === 'signed_in' ? loadInside() : undefined))
  .catch(() => undefined);
// Not awaited at the top: of a module that waits, Rollup cannot tell what stands ready when a page comes.
void startLanguage().then(() => {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
