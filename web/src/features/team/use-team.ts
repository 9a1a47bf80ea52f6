import { soleRecord } from '@/contract/sole-record';
import type { Team, TeamInput } from '@/contract/types';

export const { useStored: useTeam, useSave: useSaveTeam } = soleRecord<Team, TeamInput>('/team', ['/journal']);
