import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import { inboxItemSchema } from '../views/report.ts'
import { resolutionSchema } from '../views/resolution.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const list = createRoute({
  method: 'get',
  path: '/v1/inbox',
  request: { query: z.object({ connection: z.string().optional() }) },
  responses: { 200: okJson(z.array(inboxItemSchema), 'All that needs a person'), ...problems },
})
const resolve = createRoute({
  method: 'post',
  path: '/v1/inbox/{id}/resolve',
  request: {
    params: z.object({ id: z.string() }),
    body: { required: true, content: { 'application/json': { schema: resolutionSchema } } },
  },
  responses: { 200: okJson(z.object({ resolved: z.literal(true) }), 'The next run acts on it'), ...problems },
})

export function inboxRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(list, async (c) => {
    const found = await operations.inbox(c.req.valid('query').connection)
    return found.type === 'ok' ? c.json([...found.value], 200) : refuse(c, found)
  })
  app.openapi(resolve, async (c) => {
    const done = await operations.resolve(c.req.valid('param').id, c.req.valid('json'))
    return done.type === 'ok' ? c.json({ resolved: true as const }, 200) : refuse(c, done)
  })
}
