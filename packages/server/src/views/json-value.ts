import type { Value } from '@tandem/sync/model/value.ts'
import { z } from 'zod'

/** Plain JSON as the engine keeps it: no numbers, decimals are text. */
export const valueSchema: z.ZodType<Value> = z.lazy(() =>
  z.union([z.string(), z.boolean(), z.null(), z.array(valueSchema), z.record(z.string(), valueSchema)]),
)
