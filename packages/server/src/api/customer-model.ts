import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import { customerModelSchema, modelChangeSchema, relinkPreviewSchema } from '../views/customer-model.ts'
import { settingsSchema } from '../views/settings.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const path = '/v1/connections/{id}/customer-model'
const id = z.string()

const preview = createRoute({
  method: 'get',
  path: `${path}/{model}`,
  request: { params: z.object({ id, model: customerModelSchema }) },
  responses: { 200: okJson(relinkPreviewSchema, 'What would be re-linked; nothing is changed'), ...problems },
})
const change = createRoute({
  method: 'put',
  path,
  request: {
    params: z.object({ id }),
    body: { required: true, content: { 'application/json': { schema: modelChangeSchema } } },
  },
  responses: { 200: okJson(settingsSchema, 'As stored; the next sync shows its writes for approval'), ...problems },
})

export function customerModelRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(preview, async (c) => {
    const { id: connection, model } = c.req.valid('param')
    const shown = await operations.previewCustomerModel(connection, model)
    return shown.type === 'ok' ? c.json(shown.value, 200) : refuse(c, shown)
  })
  app.openapi(change, async (c) => {
    const changed = await operations.changeCustomerModel(c.req.valid('param').id, c.req.valid('json'))
    return changed.type === 'ok' ? c.json(settingsSchema.parse(changed.value), 200) : refuse(c, changed)
  })
}
