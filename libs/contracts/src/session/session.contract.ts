import { z } from 'zod';

/** `POST /api/session`: sign in; sets an HttpOnly cookie. State-changing calls with it need the header `x-rekindle: 1`. */
export const signInSchema = z.strictObject({
  email: z.string().trim().max(320),
  password: z.string().min(1).max(1_000),
});

/** `GET /api/session` */
export const sessionSchema = z.object({
  user: z.object({ email: z.string(), name: z.string(), role: z.enum(['viewer', 'operator', 'admin']) }),
  workspace: z.object({ id: z.string(), name: z.string(), timezone: z.string() }),
});
export type Session = z.infer<typeof sessionSchema>;
