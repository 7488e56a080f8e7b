import type { RunnableAction } from './action.definition';
import { salesAlert } from './sales-alert.action';
import { startSequence } from './start-sequence.action';

/** Every action that rules may ask for. */
export const actions: readonly RunnableAction[] = [salesAlert, startSequence];
