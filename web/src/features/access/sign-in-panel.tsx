import '@/ui/access.css';
import './access.css';
import { Button, Modal } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { askSession } from '@/contract/session';
import { leave } from '@/contract/standing';
import type { Session } from '@/contract/types';
import { mayLeave } from '@/ui/unsaved';
import { SignInForm } from './sign-in-form';

const stay = () => undefined;

/** Over the page whose session ended: what was typed stays under it, and goes on once the same person is in again. */
export function SignInPanel({ user }: { user: Session['user'] }) {
  const { t } = useTranslation();
  // Who signed in again in another tab need not do it twice.
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') askSession().catch(() => undefined);
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return (
    <Modal.Root opened onClose={stay} closeOnEscape={false} closeOnClickOutside={false} centered size={440} zIndex={500}>
      <Modal.Overlay />
      <Modal.Content>
        <div className="k-dialog-head">
          <Modal.Title>{t('sign_in.over_title')}</Modal.Title>
        </div>
        <Modal.Body className="k-stack">
          <p>{t('sign_in.over_text', { name: user.full_name })}</p>
          <SignInForm name={user.name} />
          <div>
            <Button variant="subtle" color="gray" onClick={() => mayLeave() && leave()}>
              {t('sign_in.as_another')}
            </Button>
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
