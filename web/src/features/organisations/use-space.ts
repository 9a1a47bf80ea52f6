import { soleRecord } from '@/contract/sole-record';
import type { NationalSpace, NationalSpaceInput } from '@/contract/types';

export const { useStored: useSpace, useSave: useSaveSpace } = soleRecord<NationalSpace, NationalSpaceInput>('/national-space', ['status', '/journal']);
