import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import { eventSchema } from '../views/report.ts'
import { listQuery } from './list-query.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const list = createRoute({
  method: 'get',
  path: '/v1/events',
  request: { query: listQuery },
  responses: { 200: okJson(z.array(eventSchema), 'The audit log, newest first'), ...problems },
})

export function eventRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(list, async (c) => {
    const { connection, limit } = c.req.valid('query')
    const found = await operations.events({ connectionId: connection, limit })
    return found.type === 'ok' ? c.json([...found.value], 200) : refuse(c, found)
  })
}
