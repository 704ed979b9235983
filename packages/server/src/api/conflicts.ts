import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import { conflictSchema } from '../views/report.ts'
import { listQuery } from './list-query.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const list = createRoute({
  method: 'get',
  path: '/v1/conflicts',
  request: { query: listQuery },
  responses: {
    200: okJson(z.array(conflictSchema), 'Fields where the two sides disagreed, open and resolved, newest first'),
    ...problems,
  },
})

export function conflictRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(list, async (c) => {
    const { connection, limit } = c.req.valid('query')
    const found = await operations.conflicts({ connectionId: connection, limit })
    return found.type === 'ok' ? c.json([...found.value], 200) : refuse(c, found)
  })
}
