import { z } from '@hono/zod-openapi'
import { changeSchema, codeSchema, kindSchema, modeSchema, reportSchema, sideSchema } from './report.ts'

/** What a person asks of a connection: a preview, or a sync. */
export const taskRequestSchema = z
  .object({
    connectionId: z.string().optional().describe('May be left out while there is only one connection'),
    until: z.enum(['plan', 'sync']),
    kinds: z.array(kindSchema).optional(),
    mode: modeSchema.optional(),
    since: z.iso.datetime({ offset: true }).optional().describe('Only records modified since this instant'),
    days: z.number().int().positive().max(36_500).optional().describe('Only records modified in the last N days'),
    approvedPlanId: z.string().optional(),
    sweep: z.boolean().optional().describe('Compare everything, not only what was modified'),
  })
  .openapi('TaskRequest')
export type TaskRequest = z.infer<typeof taskRequestSchema>

const run = { runId: z.string() }

export const progressSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('phase'),
      ...run,
      phase: z.enum(['reference', 'detect', 'plan', 'guard', 'apply', 'settle', 'done']),
    }),
    z.object({ type: z.literal('read'), ...run, side: sideSchema, kind: kindSchema, records: z.number() }),
    z.object({ type: z.literal('planned'), ...run, kind: kindSchema, ops: z.number(), holds: z.number() }),
    z.object({ type: z.literal('written'), ...run, done: z.number(), total: z.number() }),
    z.object({
      type: z.literal('op'),
      ...run,
      side: sideSchema,
      kind: kindSchema,
      verb: z.enum(['create', 'update', 'delete']),
      title: z.string(),
      changes: z.array(changeSchema),
    }),
    z.object({
      type: z.literal('conflict'),
      ...run,
      kind: kindSchema,
      title: z.string(),
      field: z.string(),
      winner: sideSchema.nullable(),
    }),
    z.object({ type: z.literal('hold'), ...run, kind: kindSchema, title: z.string(), code: codeSchema }),
    z.object({ type: z.literal('waiting'), ...run, side: sideSchema, untilMs: z.number(), reason: z.string() }),
  ])
  .openapi('Progress')
export type ProgressView = z.infer<typeof progressSchema>

export const passResultSchema = z
  .object({
    type: z.enum(['done', 'held', 'stopped', 'interrupted']),
    runId: z.string().nullable(),
    planId: z.string().nullable(),
    code: codeSchema.nullable(),
    message: z.string(),
    report: reportSchema.nullable(),
  })
  .openapi('PassResult')
export type PassResultView = z.infer<typeof passResultSchema>

export const taskSchema = z
  .object({
    id: z.string(),
    connectionId: z.string(),
    state: z.enum(['running', 'finished', 'failed']),
    events: z.array(progressSchema).describe('Progress after the number asked for'),
    next: z.number().describe('Ask with ?after= this'),
    result: passResultSchema.nullable(),
    problem: z.object({ code: z.string(), title: z.string(), fix: z.string() }).nullable(),
  })
  .openapi('Task')
export type TaskView = z.infer<typeof taskSchema>
