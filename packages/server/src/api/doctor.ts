import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import { doctorSchema } from '../views/connection.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const show = createRoute({
  method: 'get',
  path: '/v1/doctor',
  responses: { 200: okJson(doctorSchema, 'What is right and what is not'), ...problems },
})

export function doctorRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(show, async (c) => {
    const found = await operations.doctor()
    return found.type === 'ok' ? c.json(found.value, 200) : refuse(c, found)
  })
}
