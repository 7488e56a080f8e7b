import { z } from 'zod';

/** `GET /healthz`: the process is alive. */
export const livenessSchema = z.object({ status: z.literal('ok') });

/** `GET /readyz`: 200 when every check holds, else 503 with the checks that do not. */
export const readinessSchema = z.object({
  status: z.enum(['ready', 'not-ready']),
  checks: z.array(z.object({ name: z.string(), isOk: z.boolean(), detail: z.string().nullable() })),
});
export type Readiness = z.infer<typeof readinessSchema>;
