import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { okJson } from './problem-json.ts'

const show = createRoute({
  method: 'get',
  path: '/health',
  responses: { 200: okJson(z.object({ status: z.literal('ok'), product: z.literal('tandem') }), 'It runs') },
})

/** Open to everybody: says nothing but that it runs. */
export function healthRoutes(app: OpenAPIHono): void {
  app.openapi(show, (c) => c.json({ status: 'ok', product: 'tandem' } as const, 200))
}
