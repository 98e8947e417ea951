/** `/api/class/kept`, for anybody: how long classes are kept here, for the page that says what is kept. */
import type { KeptResponse } from '../../protocol/classroom.ts';
import { readMethods } from '../api.ts';
import { route, type Resource } from './resource.ts';

export const keptResource = (days: number): Resource =>
  route('kept', readMethods, async (): Promise<KeptResponse> => ({ days }));
