import { z } from '@hono/zod-openapi'
import { CUSTOMER_MODELS } from '@tandem/sync/model/kind.ts'
import { codeSchema } from './report.ts'

export const customerModelSchema = z.enum(CUSTOMER_MODELS)

const relinkSchema = z.object({
  title: z.string().describe('The customer, as people know it'),
  xeroId: z.string(),
  from: z.object({ collection: z.string(), id: z.string() }),
  to: z
    .object({ collection: z.string(), id: z.string(), title: z.string() })
    .nullable()
    .describe('null: nobody takes its place, and a person is asked'),
  code: codeSchema.nullable().describe('Why a person is asked'),
})

/** What another customer model would re-link (R13). */
export const relinkPreviewSchema = z
  .object({
    from: customerModelSchema,
    to: customerModelSchema,
    relinks: z.array(relinkSchema),
    unchanged: z.number().describe('Links that stay as they are'),
    preview: z
      .string()
      .describe('Names what was shown: the change takes it, and is refused when something has moved since'),
  })
  .openapi('CustomerModelPreview')
export type RelinkPreviewView = z.infer<typeof relinkPreviewSchema>

export const modelChangeSchema = z
  .strictObject({ customerModel: customerModelSchema, preview: z.string() })
  .openapi('CustomerModelChange')
export type ModelChangeRequest = z.infer<typeof modelChangeSchema>
