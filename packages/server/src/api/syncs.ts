import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import { taskRequestSchema, taskSchema } from '../views/task.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const body = { required: true, content: { 'application/json': { schema: taskRequestSchema.omit({ until: true }) } } }

const start = createRoute({
  method: 'post',
  path: '/v1/syncs',
  request: { body },
  responses: { 202: okJson(taskSchema, 'The sync runs; follow the task'), ...problems },
})
const follow = createRoute({
  method: 'get',
  path: '/v1/tasks/{id}',
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({ after: z.coerce.number().int().nonnegative().default(0) }),
  },
  responses: { 200: okJson(taskSchema, 'Progress since; waits up to ten seconds for news'), ...problems },
})

export function syncRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(start, async (c) => {
    const task = await operations.startTask({ ...c.req.valid('json'), until: 'sync' })
    return task.type === 'ok' ? c.json(task.value, 202) : refuse(c, task)
  })
  app.openapi(follow, async (c) => {
    const task = await operations.task(c.req.valid('param').id, c.req.valid('query').after)
    return task.type === 'ok' ? c.json(task.value, 200) : refuse(c, task)
  })
}
