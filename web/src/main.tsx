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
import { watchAttendance } from '@/contract/attendance';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

watchAttendance();
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
