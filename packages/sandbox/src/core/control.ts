import { Hono } from 'hono'
import { z } from 'zod'
import type { VirtualClock } from './clock.ts'
import type { FaultBoard } from './faults.ts'
import type { RequestLog } from './request-log.ts'
import type { Switches } from './switches.ts'

/** What a sandbox hands to the control routes. Bodies are JSON; every mistake is a 400 that says what is wrong. */
export interface ControlParts {
  readonly clock: VirtualClock
  readonly faults: FaultBoard
  readonly log: RequestLog
  readonly switches: Switches<string>
  /** Everything it holds, as plain data: `GET /__sandbox/state`. */
  state(): unknown
  /** The fewest calls that the sync of what it holds can take, per job: `GET /__sandbox/floor`. */
  floor(): unknown
  /** Client id, secret, webhook key, users: what a person would copy from the vendor's console. */
  credentials(): unknown
  /** Empties it and seeds it anew; the body may name another seed and counts. */
  reset(body: unknown): Promise<ControlAnswer> | ControlAnswer
  /** What a person does inside the real product: `{action, ...}`. */
  act(body: unknown): Promise<ControlAnswer> | ControlAnswer
}

export type ControlAnswer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly message: string }

const headersSchema = z.record(z.string(), z.string()).default({})
const effectSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('respond'),
    status: z.number().int(),
    body: z.string().default(''),
    headers: headersSchema,
  }),
  z.strictObject({
    type: z.literal('respondAfter'),
    status: z.number().int(),
    body: z.string().default(''),
    headers: headersSchema,
  }),
  z.strictObject({ type: z.literal('dropBefore') }),
  z.strictObject({ type: z.literal('dropAfter') }),
  z.strictObject({ type: z.literal('slow'), delayMs: z.number().nonnegative() }),
  z.strictObject({ type: z.literal('truncate') }),
  z.strictObject({
    type: z.literal('named'),
    name: z.string(),
    options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  }),
])
const faultSchema = z.strictObject({
  effect: effectSchema,
  method: z.string().optional(),
  path: z.string().optional(),
  skip: z.number().int().nonnegative().default(0),
  times: z.number().int().positive().default(1),
})
const clockSchema = z.strictObject({
  rate: z.number().nonnegative().optional(),
  setMs: z.number().optional(),
  advanceMs: z.number().nonnegative().optional(),
})
const switchesSchema = z.record(z.string(), z.string())

/** The routes under `/__sandbox/` (design section 11). */
export function controlRoutes(parts: ControlParts): Hono {
  const app = new Hono()
  const readBody = async (text: string): Promise<unknown> => (text === '' ? {} : JSON.parse(text))

  app.get('/requests', (c) => c.json({ count: parts.log.count(), requests: parts.log.list() }))
  app.delete('/requests', (c) => {
    parts.log.clear()
    return c.json({ ok: true })
  })
  app.get('/state', (c) => c.json(parts.state()))
  app.get('/floor', (c) => c.json(parts.floor()))
  app.get('/credentials', (c) => c.json(parts.credentials()))
  app.get('/switches', (c) => c.json(parts.switches.list()))
  app.get('/faults', (c) => c.json(parts.faults.list()))
  app.get('/clock', (c) => c.json({ nowMs: parts.clock.now(), rate: parts.clock.rate() }))
  app.delete('/faults', (c) => {
    parts.faults.clear()
    return c.json({ ok: true })
  })
  app.post('/faults', async (c) => {
    const parsed = faultSchema.safeParse(await readBody(await c.req.text()))
    if (!parsed.success) return c.json({ ok: false, message: z.prettifyError(parsed.error) }, 400)
    parts.faults.add(parsed.data)
    return c.json({ ok: true })
  })
  app.post('/switches', async (c) => {
    const parsed = switchesSchema.safeParse(await readBody(await c.req.text()))
    if (!parsed.success) return c.json({ ok: false, message: z.prettifyError(parsed.error) }, 400)
    for (const [name, value] of Object.entries(parsed.data)) {
      const outcome = parts.switches.set(name, value)
      if (!outcome.ok) return c.json(outcome, 400)
    }
    return c.json(parts.switches.list())
  })
  app.post('/clock', async (c) => {
    const parsed = clockSchema.safeParse(await readBody(await c.req.text()))
    if (!parsed.success) return c.json({ ok: false, message: z.prettifyError(parsed.error) }, 400)
    if (parsed.data.rate !== undefined) parts.clock.setRate(parsed.data.rate)
    if (parsed.data.setMs !== undefined) await parts.clock.set(parsed.data.setMs)
    if (parsed.data.advanceMs !== undefined) await parts.clock.advance(parsed.data.advanceMs)
    return c.json({ nowMs: parts.clock.now(), rate: parts.clock.rate() })
  })
  app.post('/reset', async (c) => answer(await parts.reset(await readBody(await c.req.text()))))
  app.post('/act', async (c) => answer(await parts.act(await readBody(await c.req.text()))))
  app.onError((error, c) => c.json({ ok: false, message: error.message }, 400))
  return app
}

function answer(outcome: ControlAnswer): Response {
  return Response.json(outcome, { status: outcome.ok ? 200 : 400 })
}
