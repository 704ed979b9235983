import { z } from '@hono/zod-openapi'
import { CODES } from '@tandem/sync/model/codes.ts'
import { KINDS } from '@tandem/sync/model/kind.ts'
import { SIDES } from '@tandem/sync/model/side.ts'
import { valueSchema } from './json-value.ts'

/** What API and CLI show: the same shapes over HTTP, in `--json` and in `openapi.json`. */
export const kindSchema = z.enum(KINDS)
export const sideSchema = z.enum(SIDES)
export const codeSchema = z.enum(CODES)
export const modeSchema = z.enum(['both', 'zohoToXero', 'xeroToZoho'])
const jsonSchema = z
  .custom<z.infer<typeof valueSchema>>((value) => valueSchema.safeParse(value).success)
  .openapi({
    type: ['string', 'boolean', 'null', 'array', 'object'],
  })
const counts = z.record(z.string(), z.number())

export const scopeSchema = z.object({
  kinds: z.array(kindSchema),
  mode: modeSchema,
  since: z.string().nullable(),
})

export const reportSchema = z
  .object({
    created: counts,
    updated: counts,
    skipped: counts,
    refused: z.number(),
    dropped: z.number(),
    conflicts: z.number(),
    holds: z.number(),
    calls: counts,
    writes: z.object({ zoho: z.number(), xero: z.number() }),
    opened: z.number().describe('Inbox items that this run opened'),
    waiting: z.number().describe('Inbox items at its end, old ones included'),
  })
  .openapi('Report')
export type ReportView = z.infer<typeof reportSchema>

export const changeSchema = z.object({
  field: z.string(),
  before: jsonSchema,
  after: jsonSchema,
  reason: z.string(),
})
export type ChangeView = z.infer<typeof changeSchema>

export const opSchema = z
  .object({
    id: z.string(),
    planId: z.string(),
    linkId: z.string(),
    sequence: z.number(),
    kind: kindSchema,
    side: sideSchema,
    collection: z.string(),
    verb: z.enum(['create', 'update', 'delete']),
    remoteId: z.string().nullable(),
    title: z.string(),
    changes: z.array(changeSchema),
    state: z.enum(['intended', 'sent', 'confirmed', 'refused', 'unknown', 'superseded']),
    code: z.string().nullable(),
    message: z.string().nullable(),
  })
  .openapi('Op')
export type OpView = z.infer<typeof opSchema>

export const inboxItemSchema = z
  .object({
    id: z.string(),
    connectionId: z.string(),
    type: z.enum(['hold', 'conflict', 'refusal']),
    code: codeSchema,
    kind: kindSchema,
    linkId: z.string().nullable(),
    title: z.string(),
    detail: jsonSchema,
    records: z
      .array(z.object({ side: sideSchema, collection: z.string(), remoteId: z.string() }))
      .describe('What it is about; none where it concerns both sides of a link'),
    openedAt: z.number().describe('Epoch milliseconds'),
  })
  .openapi('InboxItem')
export type InboxItemView = z.infer<typeof inboxItemSchema>

export const conflictSchema = z
  .object({
    id: z.string(),
    connectionId: z.string(),
    linkId: z.string(),
    kind: kindSchema,
    title: z.string(),
    field: z.string(),
    base: jsonSchema.describe('What both sides had before; null at the first link'),
    zoho: jsonSchema,
    xero: jsonSchema,
    policy: z.string().describe('What decided, e.g. newest, ask or person'),
    winner: sideSchema.nullable().describe('Whose value was kept'),
    state: z.enum(['open', 'chosen', 'closed']),
    openedAt: z.number().describe('Epoch milliseconds'),
  })
  .openapi('Conflict')
export type ConflictView = z.infer<typeof conflictSchema>

export const planSchema = z
  .object({
    id: z.string(),
    connectionId: z.string(),
    runId: z.string(),
    state: z.enum(['ready', 'held', 'approved', 'applying', 'done', 'superseded']),
    createdAt: z.number().describe('Epoch milliseconds'),
    holdCode: codeSchema.nullable(),
    counts: z.array(
      z.object({
        kind: kindSchema,
        side: sideSchema,
        verb: z.enum(['create', 'update', 'delete']),
        count: z.number(),
      }),
    ),
  })
  .openapi('Plan')
export type PlanView = z.infer<typeof planSchema>

export const planDetailSchema = planSchema
  .extend({ ops: z.array(opSchema), holds: z.array(inboxItemSchema) })
  .openapi('PlanWithOps')
export type PlanDetailView = z.infer<typeof planDetailSchema>

export const runSchema = z
  .object({
    id: z.string(),
    connectionId: z.string(),
    trigger: z.enum(['firstSync', 'manual', 'schedule', 'webhook', 'historical', 'retry', 'recover', 'sweep']),
    scope: scopeSchema,
    startedAt: z.number().describe('Epoch milliseconds'),
    finishedAt: z.number().nullable(),
    planId: z.string().nullable(),
    outcome: z.enum(['running', 'done', 'held', 'failed', 'interrupted']),
    code: codeSchema.nullable(),
    report: reportSchema.nullable(),
  })
  .openapi('Run')
export type RunView = z.infer<typeof runSchema>

const instant = z.string().nullable().describe('ISO 8601 in UTC; null where that side does not say')
const sideTimes = z.object({ created: instant, modified: instant }).nullable()

export const timesSchema = z
  .object({
    tandem: z.string().describe('When we wrote the line, ISO 8601 in UTC'),
    zoho: sideTimes.describe("Zoho's Created_Time and Modified_Time"),
    xero: sideTimes.describe("Xero's CreatedDateUTC and UpdatedDateUTC"),
  })
  .openapi('ChangeTimes')
export type TimesView = z.infer<typeof timesSchema>

export const eventSchema = z
  .object({
    id: z.string(),
    at: z.number(),
    times: timesSchema,
    runId: z.string().nullable(),
    linkId: z.string().nullable(),
    type: z.string(),
    detail: jsonSchema,
  })
  .openapi('Event')
export type EventView = z.infer<typeof eventSchema>
