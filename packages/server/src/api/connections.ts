import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import { connectionSchema } from '../views/connection.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const params = z.object({ id: z.string() })

const list = createRoute({
  method: 'get',
  path: '/v1/connections',
  responses: { 200: okJson(z.array(connectionSchema), 'All connections'), ...problems },
})
const show = createRoute({
  method: 'get',
  path: '/v1/connections/{id}',
  request: { params },
  responses: { 200: okJson(connectionSchema, 'One connection'), ...problems },
})
const remove = createRoute({
  method: 'delete',
  path: '/v1/connections/{id}',
  request: { params },
  responses: { 200: okJson(connectionSchema, 'Disconnected; what was synced stays'), ...problems },
})

export function connectionRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(list, async (c) => {
    const found = await operations.connections()
    return found.type === 'ok' ? c.json([...found.value], 200) : refuse(c, found)
  })
  app.openapi(show, async (c) => {
    const found = await operations.connection(c.req.valid('param').id)
    return found.type === 'ok' ? c.json(found.value, 200) : refuse(c, found)
  })
  app.openapi(remove, async (c) => {
    const gone = await operations.disconnect(c.req.valid('param').id)
    return gone.type === 'ok' ? c.json(gone.value, 200) : refuse(c, gone)
  })
}
