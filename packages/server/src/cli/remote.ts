import { z } from 'zod'
import type { Operations } from '../operations/contract.ts'
import { type Answer, answer, PROBLEM_CODES, problem } from '../problem.ts'
import { choicesSchema } from '../views/choices.ts'
import { connectionSchema, consentSchema, consentStartSchema, doctorSchema } from '../views/connection.ts'
import { relinkPreviewSchema } from '../views/customer-model.ts'
import {
  mappingCatalogueSchema,
  mappingCheckSchema,
  mappingDocumentSchema,
  mappingPresetSchema,
  mappingTestSchema,
  savedMappingSchema,
} from '../views/mapping.ts'
import {
  conflictSchema,
  eventSchema,
  inboxItemSchema,
  opSchema,
  planDetailSchema,
  planSchema,
  runSchema,
} from '../views/report.ts'
import { settingsSchema } from '../views/settings.ts'
import { taskSchema } from '../views/task.ts'

interface Call<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly schema: z.ZodType<T>
}

/** The operations of a running server, over its API. */
export function remoteOperations(url: string, token: string): Operations {
  const call = <T>(ask: Call<T>) => exchange(url, token, ask)
  const get = <T>(path: string, schema: z.ZodType<T>) => call({ method: 'GET', path, schema })
  const post = <T>(path: string, body: unknown, schema: z.ZodType<T>) => call({ method: 'POST', path, body, schema })
  const of = (id: string) => encodeURIComponent(id)
  return {
    connections: () => get('/v1/connections', z.array(connectionSchema)),
    connection: (id) => get(`/v1/connections/${of(id)}`, connectionSchema),
    disconnect: (id) => call({ method: 'DELETE', path: `/v1/connections/${of(id)}`, schema: connectionSchema }),
    settings: (id) => get(`/v1/connections/${of(id)}/settings`, settingsSchema),
    saveSettings: (id, settings) =>
      call({ method: 'PUT', path: `/v1/connections/${of(id)}/settings`, body: settings, schema: settingsSchema }),
    choices: (id) => get(`/v1/connections/${of(id)}/choices`, choicesSchema),
    mapping: (id) => get(mappingPath(id), mappingDocumentSchema),
    checkMapping: (id, document) => post(`${mappingPath(id)}/check`, document, mappingCheckSchema),
    saveMapping: (id, document) =>
      call({ method: 'PUT', path: mappingPath(id), body: document, schema: savedMappingSchema }),
    testMapping: (id, request) => post(`${mappingPath(id)}/test`, request, mappingTestSchema),
    mappingPresets: (id) => get(`${mappingPath(id)}/presets`, z.array(mappingPresetSchema)),
    mappingCatalogue: (id) => get(`${mappingPath(id)}/catalogue`, mappingCatalogueSchema),
    previewCustomerModel: (id, model) =>
      get(`/v1/connections/${of(id)}/customer-model/${of(model)}`, relinkPreviewSchema),
    changeCustomerModel: (id, body) =>
      call({ method: 'PUT', path: `/v1/connections/${of(id)}/customer-model`, body, schema: settingsSchema }),
    startTask: ({ until, ...request }) => post(until === 'plan' ? '/v1/plans' : '/v1/syncs', request, taskSchema),
    task: (id, after) => get(`/v1/tasks/${of(id)}?after=${after}`, taskSchema),
    plans: (connectionId) => get(`/v1/plans${query({ connection: connectionId })}`, z.array(planSchema)),
    plan: (id) => get(`/v1/plans/${of(id)}`, planDetailSchema),
    approve: (planId) => post(`/v1/plans/${of(planId)}/approve`, undefined, planSchema),
    runs: ({ connectionId, limit }) =>
      get(`/v1/runs${query({ connection: connectionId, limit: String(limit) })}`, z.array(runSchema)),
    run: (id) => get(`/v1/runs/${of(id)}`, runSchema),
    runOps: (id) => get(`/v1/runs/${of(id)}/ops`, z.array(opSchema)),
    inbox: (connectionId) => get(`/v1/inbox${query({ connection: connectionId })}`, z.array(inboxItemSchema)),
    resolve: async (itemId, resolution) => {
      const done = await post(`/v1/inbox/${of(itemId)}/resolve`, resolution, z.object({ resolved: z.literal(true) }))
      return done.type === 'ok' ? answer(null) : done
    },
    conflicts: ({ connectionId, limit }) =>
      get(`/v1/conflicts${query({ connection: connectionId, limit: String(limit) })}`, z.array(conflictSchema)),
    events: ({ connectionId, limit }) =>
      get(`/v1/events${query({ connection: connectionId, limit: String(limit) })}`, z.array(eventSchema)),
    startConsent: (request) => post('/v1/consents', request, consentStartSchema),
    consent: (state) => get(`/v1/consents/${of(state)}`, consentSchema),
    chooseTenant: (tenant) => post('/v1/consents/tenant', { tenant }, consentSchema),
    doctor: () => get('/v1/doctor', doctorSchema),
  }
}

function mappingPath(id: string): string {
  return `/v1/connections/${encodeURIComponent(id)}/mapping`
}

function query(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) given.set(name, value)
  return given.size === 0 ? '' : `?${given}`
}

async function exchange<T>(url: string, token: string, ask: Call<T>): Promise<Answer<T>> {
  let response: Response
  try {
    response = await fetch(url + ask.path, {
      method: ask.method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: ask.body === undefined ? null : JSON.stringify(ask.body),
    })
  } catch {
    return problem(
      'serverUnreachable',
      `The Tandem server of this data folder does not answer at ${url}.`,
      'If it was killed, delete the file server.json of the data folder.',
    )
  }
  const body: unknown = await response.json().catch(() => undefined)
  return response.ok ? readBody(ask, body) : readProblem(url, body)
}

function readBody<T>(ask: Call<T>, body: unknown): Answer<T> {
  const parsed = ask.schema.safeParse(body)
  if (parsed.success) return answer(parsed.data)
  return problem(
    'serverUnreachable',
    `The server answered ${ask.method} ${ask.path} in a form that this version does not know.`,
    'Restart it: server and command must be of the same version.',
  )
}

const refusalSchema = z.object({ title: z.string(), detail: z.string(), code: z.enum(PROBLEM_CODES) })

function readProblem(url: string, body: unknown): Answer<never> {
  const parsed = refusalSchema.safeParse(body)
  if (parsed.success) return problem(parsed.data.code, parsed.data.title, parsed.data.detail)
  return problem(
    'serverUnreachable',
    `Something other than Tandem answers at ${url}.`,
    'Is the port taken by another program?',
  )
}
