import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import { consentSchema, consentStartSchema } from '../views/connection.ts'
import { sideSchema } from '../views/report.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const start = createRoute({
  method: 'post',
  path: '/v1/consents',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            system: sideSchema,
            purpose: z.enum(['connect', 'renew']),
            tasks: z.boolean().optional().describe('Zoho: ask for the right to tasks as well'),
          }),
        },
      },
    },
  },
  responses: { 200: okJson(consentStartSchema, 'Open the address in a browser'), ...problems },
})
const follow = createRoute({
  method: 'get',
  path: '/v1/consents/{state}',
  request: { params: z.object({ state: z.string() }) },
  responses: { 200: okJson(consentSchema, 'How far it is; waits up to ten seconds'), ...problems },
})
const choose = createRoute({
  method: 'post',
  path: '/v1/consents/tenant',
  request: { body: { required: true, content: { 'application/json': { schema: z.object({ tenant: z.string() }) } } } },
  responses: { 200: okJson(consentSchema, 'The Xero organisation is chosen'), ...problems },
})

export function consentRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(start, async (c) => {
    const started = await operations.startConsent(c.req.valid('json'))
    return started.type === 'ok' ? c.json(started.value, 200) : refuse(c, started)
  })
  app.openapi(choose, async (c) => {
    const chosen = await operations.chooseTenant(c.req.valid('json').tenant)
    return chosen.type === 'ok' ? c.json(chosen.value, 200) : refuse(c, chosen)
  })
  app.openapi(follow, async (c) => {
    const view = await operations.consent(c.req.valid('param').state)
    return view.type === 'ok' ? c.json(view.value, 200) : refuse(c, view)
  })
}
