import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import { opSchema, runSchema } from '../views/report.ts'
import { listQuery } from './list-query.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const params = z.object({ id: z.string() })

const list = createRoute({
  method: 'get',
  path: '/v1/runs',
  request: { query: listQuery },
  responses: { 200: okJson(z.array(runSchema), 'Newest first'), ...problems },
})
const show = createRoute({
  method: 'get',
  path: '/v1/runs/{id}',
  request: { params },
  responses: { 200: okJson(runSchema, 'One run with its report'), ...problems },
})
const ops = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/ops',
  request: { params },
  responses: { 200: okJson(z.array(opSchema), 'What it wrote, field by field'), ...problems },
})

export function runRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(list, async (c) => {
    const { connection, limit } = c.req.valid('query')
    const found = await operations.runs({ connectionId: connection, limit })
    return found.type === 'ok' ? c.json([...found.value], 200) : refuse(c, found)
  })
  app.openapi(show, async (c) => {
    const found = await operations.run(c.req.valid('param').id)
    return found.type === 'ok' ? c.json(found.value, 200) : refuse(c, found)
  })
  app.openapi(ops, async (c) => {
    const found = await operations.runOps(c.req.valid('param').id)
    return found.type === 'ok' ? c.json([...found.value], 200) : refuse(c, found)
  })
}
