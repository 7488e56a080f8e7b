import { z } from 'zod';
import { defineAction } from './action.definition';

/** Enrols a lead in a sequence of mails, unless it is in it already or has come back meanwhile. */
export const startSequence = defineAction({
  key: 'start-sequence',
  label: 'Start a sequence',
  settings: z.strictObject({ sequence: z.string().min(1).max(64) }),
  run: (context, _firing, settings) => context.startSequence(settings.sequence),
});
