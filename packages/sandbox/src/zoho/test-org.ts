import { z } from 'zod'
import type { Company } from '../company/contract.ts'
import { createChance } from '../core/chance.ts'
import { createClock, type VirtualClock } from '../core/clock.ts'
import { createZohoSandbox, type ZohoSandbox } from './index.ts'

export const BASE = 'http://localhost:4010'
/** Sunday 1 March 2026, 10:00 in Sydney (+11:00). */
export const START_MS = Date.parse('2026-03-01T10:00:00+11:00')

/** Loose view of an answer: tests reach into it by path. */
const looseSchema: z.ZodType<Loose> = z.lazy(() => z.record(z.string(), z.unknown()).transform(loose))

/** A JSON value that can be walked without knowing its type. */
export interface Loose {
  at(...path: (string | number)[]): unknown
  text(...path: (string | number)[]): string
  list(...path: (string | number)[]): readonly Loose[]
}

export function loose(root: unknown): Loose {
  const at = (...path: (string | number)[]) =>
    path.reduce<unknown>((value, step) => {
      if (typeof value !== 'object' || value === null) return undefined
      return new Map<string, unknown>(Object.entries(value)).get(String(step))
    }, root)
  return {
    at,
    text: (...path) => String(at(...path)),
    list(...path) {
      const value = at(...path)
      return Array.isArray(value) ? value.map(loose) : []
    },
  }
}

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Loose
}

export interface TestOrg {
  readonly sandbox: ZohoSandbox
  readonly clock: VirtualClock
  readonly callbacks: { readonly url: string; readonly body: Loose }[]
  call(method: string, path: string, more?: { body?: unknown; headers?: Record<string, string> }): Promise<Answered>
  raw(method: string, path: string, more?: { body?: string; headers?: Record<string, string> }): Promise<Answered>
  act(body: unknown): Promise<Answered>
  set(name: string, value: string): void
  /** Inserts one record and gives its id. */
  add(module: string, record: Record<string, unknown>): Promise<string>
  authorize(token?: string): Promise<void>
  /** From now on calls carry a token of a grant with these scopes alone. */
  limitTo(...scopes: string[]): Promise<void>
}

/** An in-process org with a frozen clock and a token for everything. */
export async function openOrg(company?: Company): Promise<TestOrg> {
  const clock = createClock({ startMs: START_MS, rate: 0 })
  const callbacks: { url: string; body: Loose }[] = []
  const sandbox = createZohoSandbox({
    clock,
    chance: createChance(7),
    ...(company === undefined ? {} : { company }),
    deliver: async (request) => {
      callbacks.push({ url: request.url, body: loose(JSON.parse(await request.text())) })
      return new Response('ok')
    },
  })
  let token = ''
  const raw: TestOrg['raw'] = async (method, path, more = {}) => {
    const response = await sandbox.app.fetch(new Request(`${BASE}${path}`, { method, ...more, redirect: 'manual' }))
    const text = await response.text()
    const isJson = text.startsWith('{')
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? looseSchema.parse(JSON.parse(text)) : loose(undefined),
    }
  }
  const org: TestOrg = {
    sandbox,
    clock,
    callbacks,
    raw,
    call(method, path, more = {}) {
      const headers = { authorization: `Zoho-oauthtoken ${token}`, ...more.headers }
      return raw(method, `/crm/v8${path}`, {
        headers,
        ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
      })
    },
    act: (body) => raw('POST', '/__sandbox/act', { body: JSON.stringify(body) }),
    set(name, value) {
      const outcome = sandbox.control.switches.set(name, value)
      if (!outcome.ok) throw new Error(outcome.message)
    },
    async add(module, record) {
      const answer = await org.call('POST', `/${module}`, { body: { data: [record], trigger: [] } })
      if (answer.status !== 201) throw new Error(answer.text)
      return answer.json.text('data', 0, 'details', 'id')
    },
    async authorize(given) {
      const { clientId, clientSecret, refreshToken } = sandbox.credentials
      const query = new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: given ?? refreshToken,
        client_id: clientId,
        client_secret: clientSecret,
      })
      token = (await raw('POST', `/oauth/v2/token?${query}`)).json.text('access_token')
    },
    async limitTo(...scopes) {
      const client = { client_id: sandbox.credentials.clientId, redirect_uri: 'http://localhost:3000/back' }
      const asked = { ...client, response_type: 'code', scope: scopes.join(','), __auto: 'approve' }
      const back = await raw('GET', `/oauth/v2/auth?${new URLSearchParams(asked)}`)
      const code = new URL(back.headers.get('location') ?? 'http://none').searchParams.get('code') ?? ''
      const secret = { grant_type: 'authorization_code', client_secret: sandbox.credentials.clientSecret, code }
      const query = new URLSearchParams({ ...client, ...secret })
      token = (await raw('POST', `/oauth/v2/token?${query}`)).json.text('access_token')
    },
  }
  await org.authorize()
  return org
}
