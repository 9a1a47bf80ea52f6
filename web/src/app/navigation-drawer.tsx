import { useTranslation } from 'react-i18next';
import { SideDrawer } from '@/ui/side-drawer';
import { Brand, Foot, Places } from './places';

/** The places of the desk where there is no room for a column. */
export function NavigationDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SideDrawer opened={opened} onClose={onClose} side="left" size={264} title={<Brand narrow={false} />}>
      <nav className="k-nav-drawer" aria-label={t('frame.navigation')}>
        <Places narrow={false} name="drawer" />
        <Foot />
      </nav>
    </SideDrawer>
  );
}
