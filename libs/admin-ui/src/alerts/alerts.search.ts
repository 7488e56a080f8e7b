import { z } from 'zod';

/** The state of the Alerts page as it stands in the address. */
export const alertsSearchSchema = z.object({ state: z.enum(['unread', 'done']).catch('unread').default('unread') });
export type AlertsSearch = z.infer<typeof alertsSearchSchema>;

/** What an address without a query means. */
export const alertsSearchDefaults = { state: 'unread' } as const satisfies AlertsSearch;
