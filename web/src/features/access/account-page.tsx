import '@/ui/access.css';
import './access.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '@/contract/use-session';
import { Facts } from '@/ui/facts';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { WebFeedsOf } from '@/ui/web-feeds-of';
import { OwnSessions } from './own-sessions';
import { OwnTokens } from './own-tokens';
import { PasswordChangeForm } from './password-change-form';
import { SecondFactors } from './second-factors';

/** One's own account: password, second factors, tokens, where one is signed in, language. */
export function AccountPage({ language }: { language: ReactNode }) {
  const { t } = useTranslation();
  const session = useSession();
  const may = useMay();
  if (session === undefined) return null;
  const { user, second_factors: has } = session;
  const strong = has.includes('totp') || has.includes('passkey');
  return (
    <>
      <PageHeader title={t('account.title')} answer={t(strong ? 'account.answer_strong' : 'account.answer_weak', { name: user.full_name })} />
      <div className="k-columns">
        <div>
          <SecondFactors session={session} />
          {may('tokens.own') && <OwnTokens />}
          {user.organisation !== null && <WebFeedsOf organisation={user.organisation} />}
          <OwnSessions />
        </div>
        <div>
          <Panel title={t('account.about')} note={t('account.about_note')}>
            <Facts
              items={[
                [t('field.full_name'), user.full_name],
                [t('sign_in.name'), user.name],
                [t('field.roles'), user.roles.map((role) => t(`role.${role}`)).join(', ')],
                [t('contact.language'), language],
              ]}
            />
          </Panel>
          <Panel title={t('account.password')}>
            <PasswordChangeForm name={user.name} />
          </Panel>
        </div>
      </div>
    </>
  );
}
