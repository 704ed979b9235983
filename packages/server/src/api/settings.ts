import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import { choicesSchema } from '../views/choices.ts'
import { settingsSchema } from '../views/settings.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const params = z.object({ id: z.string() })

const read = createRoute({
  method: 'get',
  path: '/v1/connections/{id}/settings',
  request: { params },
  responses: { 200: okJson(settingsSchema, 'Everything that a person may choose'), ...problems },
})
const write = createRoute({
  method: 'put',
  path: '/v1/connections/{id}/settings',
  request: { params, body: { required: true, content: { 'application/json': { schema: settingsSchema } } } },
  responses: { 200: okJson(settingsSchema, 'As stored'), ...problems },
})
const choices = createRoute({
  method: 'get',
  path: '/v1/connections/{id}/choices',
  request: { params },
  responses: { 200: okJson(choicesSchema, 'What both organisations offer to choose from'), ...problems },
})

export function settingsRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(read, async (c) => {
    const found = await operations.settings(c.req.valid('param').id)
    return found.type === 'ok' ? c.json(settingsSchema.parse(found.value), 200) : refuse(c, found)
  })
  app.openapi(write, async (c) => {
    const saved = await operations.saveSettings(c.req.valid('param').id, c.req.valid('json'))
    return saved.type === 'ok' ? c.json(settingsSchema.parse(saved.value), 200) : refuse(c, saved)
  })
  app.openapi(choices, async (c) => {
    const found = await operations.choices(c.req.valid('param').id)
    return found.type === 'ok' ? c.json(found.value, 200) : refuse(c, found)
  })
}
