import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import { planDetailSchema, planSchema } from '../views/report.ts'
import { taskRequestSchema, taskSchema } from '../views/task.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const params = z.object({ id: z.string() })
const body = { required: true, content: { 'application/json': { schema: taskRequestSchema.omit({ until: true }) } } }

const list = createRoute({
  method: 'get',
  path: '/v1/plans',
  request: { query: z.object({ connection: z.string().optional() }) },
  responses: { 200: okJson(z.array(planSchema), 'Plans, newest first'), ...problems },
})
const create = createRoute({
  method: 'post',
  path: '/v1/plans',
  request: { body },
  responses: { 202: okJson(taskSchema, 'A preview is being made; follow the task'), ...problems },
})
const show = createRoute({
  method: 'get',
  path: '/v1/plans/{id}',
  request: { params },
  responses: { 200: okJson(planDetailSchema, 'With its ops and holds'), ...problems },
})
const approve = createRoute({
  method: 'post',
  path: '/v1/plans/{id}/approve',
  request: { params },
  responses: { 200: okJson(planSchema, 'Approved: the next sync applies it, and nothing else'), ...problems },
})

export function planRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(list, async (c) => {
    const found = await operations.plans(c.req.valid('query').connection)
    return found.type === 'ok' ? c.json([...found.value], 200) : refuse(c, found)
  })
  app.openapi(create, async (c) => {
    const task = await operations.startTask({ ...c.req.valid('json'), until: 'plan' })
    return task.type === 'ok' ? c.json(task.value, 202) : refuse(c, task)
  })
  app.openapi(show, async (c) => {
    const found = await operations.plan(c.req.valid('param').id)
    return found.type === 'ok' ? c.json(found.value, 200) : refuse(c, found)
  })
  app.openapi(approve, async (c) => {
    const approved = await operations.approve(c.req.valid('param').id)
    return approved.type === 'ok' ? c.json(approved.value, 200) : refuse(c, approved)
  })
}
