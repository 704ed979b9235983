import type { Hono } from 'hono'
import { z } from 'zod'
import { generateCompany } from '../company/generate.ts'
import { createChance } from '../core/chance.ts'
import { createClock, type VirtualClock } from '../core/clock.ts'
import { createXeroSandbox, type XeroSandbox, type XeroSandboxOptions } from './index.ts'

/** Test fixture: a sandbox on a frozen clock, connected with every scope, and short ways to call it. */
export const SCOPES =
  'openid profile email offline_access accounting.contacts accounting.invoices accounting.payments accounting.settings'
export const REDIRECT = 'http://localhost:4000/xero/callback'

const tokenSchema = z.looseObject({ access_token: z.string(), refresh_token: z.string().default('') })
export type Tokens = z.infer<typeof tokenSchema>

export interface TestAnswer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  /** The parsed body; undefined when the answer is not JSON. */
  readonly json: unknown
}

/** Walks into parsed JSON: `at(answer.json, 'Contacts', 0, 'Name')`. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined
    here = Object.entries(here).find(([key]) => key === String(step))?.[1]
  }
  return here
}

export const textAt = (value: unknown, ...path: readonly (string | number)[]): string => String(at(value, ...path))

/** The messages of every refused element, whichever way they came back. */
export function messagesOf(answer: TestAnswer): readonly string[] {
  return [...answer.text.matchAll(/"Message":"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '')
}

export interface TestSandbox {
  readonly sandbox: XeroSandbox
  readonly clock: VirtualClock
  readonly app: Hono
  readonly tokens: Tokens
  call(method: string, path: string, options?: CallOptions): Promise<TestAnswer>
  act(body: object): Promise<TestAnswer>
  control(method: string, path: string, body?: unknown): Promise<TestAnswer>
}

export interface CallOptions {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Noon on 6 October 2026 in Sydney is a day after it is still 5 October in New York: zones matter here. */
export const START_MS = Date.parse('2026-10-06T03:15:20.123Z')
export const BASE = 'http://localhost:4020'

export async function startSandbox(
  options: Partial<XeroSandboxOptions> & { readonly scopes?: string } = {},
): Promise<TestSandbox> {
  const clock = options.clock ?? createClock({ startMs: START_MS, rate: 0 })
  const sandbox = createXeroSandbox({ chance: createChance(7), ...options, clock })
  const tokens = await connect(sandbox, options.scopes ?? SCOPES)
  const send = (method: string, path: string, init: RequestInit) =>
    ask(sandbox.app, `${BASE}${path}`, { ...init, method })
  const control: TestSandbox['control'] = (method, path, body) =>
    send(method, `/__sandbox/${path}`, body === undefined ? {} : { body: JSON.stringify(body) })
  return {
    sandbox,
    clock,
    app: sandbox.app,
    tokens,
    control,
    act: (body) => control('POST', 'act', body),
    call: (method, path, { body, headers } = {}) =>
      send(method, `/api.xro/2.0/${path}`, {
        headers: { ...apiHeaders(sandbox, tokens.access_token), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
  }
}

export const apiHeaders = (sandbox: XeroSandbox, accessToken: string): Record<string, string> => ({
  accept: 'application/json',
  'content-type': 'application/json',
  authorization: `Bearer ${accessToken}`,
  'xero-tenant-id': sandbox.credentials.tenantId,
})

async function ask(app: Hono, url: string, init: RequestInit): Promise<TestAnswer> {
  const response = await app.fetch(new Request(url, init))
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  const json: unknown = isJson ? JSON.parse(text) : undefined
  return { status: response.status, text, headers: response.headers, json }
}

/** Walks through the consent and the code exchange. */
export async function connect(sandbox: XeroSandbox, scopes: string): Promise<Tokens> {
  const code = (await consent(sandbox, scopes)).searchParams.get('code') ?? ''
  const { body } = await tokenCall(sandbox, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT })
  return tokenSchema.parse(body)
}

export async function consent(sandbox: XeroSandbox, scopes: string): Promise<URL> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: sandbox.credentials.clientId,
    redirect_uri: REDIRECT,
    scope: scopes,
    state: 'abc',
  })
  const response = await sandbox.app.fetch(new Request(`${BASE}/identity/connect/authorize?${query}`))
  return new URL(response.headers.get('location') ?? 'about:blank')
}

export async function tokenCall(sandbox: XeroSandbox, form: Record<string, string>) {
  const { clientId, clientSecret } = sandbox.credentials
  const response = await sandbox.app.fetch(
    new Request(`${BASE}/connect/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams(form),
    }),
  )
  const body: unknown = await response.json()
  return { status: response.status, body }
}

export const smallCompany = (counts: { contacts: number; items: number; invoices: number }) =>
  generateCompany({ seed: 11, shape: 'mixed', today: '2026-10-06', ...counts })
