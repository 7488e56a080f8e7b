import { z } from 'zod';

/** Periods of the chart in days. */
export const chartPeriods = [30, 90, 365] as const;

const isPeriod = (value: number): boolean => chartPeriods.some((days) => days === value);

/** The state of the Lead page as it stands in the address. */
export const leadSearchSchema = z.object({
  days: z.coerce.number().refine(isPeriod).catch(90).default(90),
  view: z.enum(['chart', 'table']).catch('chart').default('chart'),
});
export type LeadSearch = z.infer<typeof leadSearchSchema>;

/** What an address without a query means. */
export const leadSearchDefaults = { days: 90, view: 'chart' } as const satisfies LeadSearch;
