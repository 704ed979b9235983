import { z } from '@hono/zod-openapi'
import { sideSchema } from './report.ts'

/** What a person decides about an inbox item. */
export const resolutionSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('choose'), side: sideSchema }),
    z.object({ type: z.literal('retry') }),
    z.object({ type: z.literal('chooseKey') }).describe('A product without a code is given one'),
    z.object({ type: z.literal('delete') }).describe('What was deleted in one system shall go in the other too'),
    z.object({ type: z.literal('link'), side: sideSchema, remoteId: z.string().min(1) }),
    z.object({ type: z.literal('detach') }),
  ])
  .openapi('Resolution')
export type ResolutionRequest = z.infer<typeof resolutionSchema>
