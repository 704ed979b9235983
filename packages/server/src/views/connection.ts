import { z } from '@hono/zod-openapi'
import { codeSchema } from './report.ts'

export const connectionSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['connecting', 'ready', 'paused', 'disconnected']),
    pausedCode: codeSchema.nullable(),
    zohoOrg: z.string(),
    zohoDataCentre: z.string(),
    xeroTenant: z.string(),
    firstSyncDone: z.boolean(),
    links: z.record(z.string(), z.number()),
    marks: z.number().describe('Records that wait to be looked at'),
    inbox: z.number().describe('Items that need a person'),
    toChoose: z.array(z.string()).describe('What a person still has to choose, each with the command'),
    toDo: z.array(z.string()).describe('What only a person can do in Zoho CRM; the doctor says how'),
  })
  .openapi('Connection')
export type ConnectionView = z.infer<typeof connectionSchema>

export const checkSchema = z
  .object({
    name: z.string(),
    state: z.enum(['good', 'attention', 'bad']),
    detail: z.string(),
    fix: z.string(),
  })
  .openapi('Check')
export type CheckView = z.infer<typeof checkSchema>

export const doctorSchema = z.object({ checks: z.array(checkSchema) }).openapi('Doctor')
export type DoctorView = z.infer<typeof doctorSchema>

/** How far a sign-in is: both ends are needed before there is a connection. */
export const consentSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('waiting') }),
    z.object({
      type: z.literal('chooseTenant'),
      tenants: z.array(z.object({ tenantId: z.string(), name: z.string() })),
    }),
    z.object({ type: z.literal('half'), system: z.enum(['zoho', 'xero']), organisation: z.string() }),
    z.object({ type: z.literal('connected'), connection: connectionSchema, notes: z.array(z.string()) }),
    z.object({ type: z.literal('failed'), code: z.string(), title: z.string(), fix: z.string() }),
  ])
  .openapi('Consent')
export type ConsentView = z.infer<typeof consentSchema>

export const consentStartSchema = z.object({ state: z.string(), authorizeUrl: z.string() }).openapi('ConsentStart')
export type ConsentStartView = z.infer<typeof consentStartSchema>
