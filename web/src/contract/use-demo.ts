import { useDemoPeople } from './use-demo-people';
import { useMay } from './use-session';
import { useStatus } from './use-status';

/** Whether all of it is invented: by the status, and for those who may not read that by the demo's people. */
export function useIsDemo(): boolean {
  const informed = useMay()('status.read');
  const { data: status } = useStatus();
  const people = useDemoPeople({ asked: !informed });
  return informed ? status?.demo === true : people.length > 0;
}
