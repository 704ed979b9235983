import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Tandem } from '../tandem.ts'
import { DIGEST_JOB, DIGEST_KEY } from '../worker/jobs.ts'
import { receiveXero } from './xero.ts'
import { receiveZoho } from './zoho.ts'

/** Stored first, answered at once with an empty body, understood later (design section 4, detect). */
export function hookRoutes(app: OpenAPIHono, tandem: Tandem): void {
  const digestSoon = () => {
    tandem.crash.reached('C1')
    return tandem.store.queue.send({ name: DIGEST_JOB, key: DIGEST_KEY, data: null })
  }

  app.post('/hooks/zoho/:connectionId', async (c) => {
    const received = await receiveZoho(tandem, c.req.param('connectionId'), await c.req.text())
    if (received === 'stored') await digestSoon()
    return c.body(null, received === 'rejected' ? 401 : 200)
  })

  app.post('/hooks/xero', async (c) => {
    // The signature covers the bytes as they came, irregular spaces included (xero.md 6).
    const raw = Buffer.from(await c.req.arrayBuffer())
    const received = await receiveXero(tandem, raw, c.req.header('x-xero-signature') ?? '')
    if (received === 'stored') await digestSoon()
    return c.body(null, received === 'rejected' ? 401 : 200)
  })
}

/** `ignored`: genuine, but nothing to do: a repetition, a probe, or about something that we do not sync. */
export type Received = 'stored' | 'ignored' | 'rejected'
