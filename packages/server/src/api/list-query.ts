import { z } from '@hono/zod-openapi'

/** Which connection (all when left out) and how many rows. */
export const listQuery = z.object({
  connection: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
})
