import { messageStateSchema } from '@rekindle/contracts';
import { z } from 'zod';

/** The state of the Mail page as it stands in the address. */
export const mailSearchSchema = z.object({
  state: messageStateSchema.optional().catch(undefined),
  view: z.enum(['html', 'text', 'headers']).catch('html').default('html'),
});
export type MailSearch = z.infer<typeof mailSearchSchema>;
export type MailView = MailSearch['view'];

/** What an address without a query means. */
export const mailSearchDefaults = { view: 'html' } as const satisfies MailSearch;
