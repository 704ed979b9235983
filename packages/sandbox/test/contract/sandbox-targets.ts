import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { generateCompany } from '../../src/company/generate.ts'
import { createChance } from '../../src/core/chance.ts'
import { createClock, type VirtualClock } from '../../src/core/clock.ts'
import { createXeroSandbox } from '../../src/xero/index.ts'
import { createZohoSandbox } from '../../src/zoho/index.ts'
import type { ProbeTarget } from './probe.ts'

const XERO_ORIGIN = 'http://localhost:4020'
const ZOHO_ORIGIN = 'http://localhost:4010'
const REDIRECT = 'http://localhost:4000/callback'
const XERO_SCOPES = ['contacts', 'invoices', 'payments', 'settings'].map((name) => `accounting.${name}`).join(' ')
/** Keeps a drive of hundreds of calls below Xero's 60 a minute. */
const CALL_GAP_MS = 2_000

const tokenSchema = z.looseObject({ access_token: z.string() })

function createWorld() {
  const clock = createClock({ startMs: Date.parse('2026-11-02T00:00:00Z'), rate: 0 })
  const profile = { seed: 11, contacts: 40, items: 20, invoices: 60, shape: 'mixed', today: '2026-11-02' } as const
  return { clock, chance: createChance(7), company: generateCompany(profile) }
}

export interface XeroTarget extends ProbeTarget {
  /** Bodies of the webhooks that were delivered with a good signature, parsed. */
  readonly deliveries: readonly unknown[]
}

/** Xero with a mixed company and a token for everything, on a clock that only moves with calls. */
export async function startXero(): Promise<XeroTarget> {
  const world = createWorld()
  const deliveries: unknown[] = []
  const { app, credentials } = createXeroSandbox({
    ...world,
    deliver: async (request) => {
      const body = await request.text()
      const signature = createHmac('sha256', credentials.webhookKey).update(body).digest('base64')
      if (request.headers.get('x-xero-signature') !== signature) return new Response(null, { status: 401 })
      deliveries.push(JSON.parse(body))
      return new Response()
    },
  })
  const { clientId, clientSecret, tenantId } = credentials
  const hook = { action: 'configureWebhook', url: 'https://app.example.com/hooks/xero' }
  await app.fetch(new Request(`${XERO_ORIGIN}/__sandbox/act`, { method: 'POST', body: JSON.stringify(hook) }))
  const consent = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT,
    scope: `openid profile email offline_access ${XERO_SCOPES}`,
    state: 'contract',
  })
  const redirected = await app.fetch(new Request(`${XERO_ORIGIN}/identity/connect/authorize?${consent}`))
  const code = new URL(redirected.headers.get('location') ?? REDIRECT).searchParams.get('code') ?? ''
  const exchange = new Request(`${XERO_ORIGIN}/connect/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT }),
  })
  const token = tokenSchema.parse(await (await app.fetch(exchange)).json())
  return {
    api: 'xero',
    origin: XERO_ORIGIN,
    deliveries,
    fetch: paced(world.clock, app.fetch),
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token.access_token}`,
      'xero-tenant-id': tenantId,
    },
  }
}

/** Zoho with the same company and a token for everything. */
export async function startZoho(): Promise<ProbeTarget> {
  const world = createWorld()
  const { app, credentials } = createZohoSandbox({ ...world, deliver: async () => new Response() })
  const { clientId, clientSecret, refreshToken } = credentials
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const query = new URLSearchParams({ ...grant, client_id: clientId, client_secret: clientSecret })
  const answer = await app.fetch(new Request(`${ZOHO_ORIGIN}/oauth/v2/token?${query}`, { method: 'POST' }))
  const token = tokenSchema.parse(await answer.json())
  return {
    api: 'zoho',
    origin: ZOHO_ORIGIN,
    fetch: paced(world.clock, app.fetch),
    headers: { authorization: `Zoho-oauthtoken ${token.access_token}` },
  }
}

function paced(clock: VirtualClock, fetch: (request: Request) => Response | Promise<Response>): ProbeTarget['fetch'] {
  return async (request) => {
    await clock.advance(CALL_GAP_MS)
    return fetch(request)
  }
}
