import { z } from 'zod'

const zohoCredentialsSchema = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  redirectUris: z.array(z.string()),
  refreshToken: z.string(),
  users: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })),
  zgid: z.string(),
})

const xeroCredentialsSchema = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  webhookKey: z.string(),
  tenantId: z.string(),
  appName: z.string(),
  userId: z.string(),
})

/** What the sandboxes' process tells the engine's. */
export const readySchema = z.object({
  type: z.literal('ready'),
  zoho: z.object({ url: z.string(), credentials: zohoCredentialsSchema }),
  xero: z.object({ url: z.string(), credentials: xeroCredentialsSchema }),
})
export type Ready = z.infer<typeof readySchema>

export const limitsSchema = z.object({
  type: z.literal('limits'),
  limits: z.object({
    maxInFlightSeen: z.number(),
    maxCallsInMinuteWindow: z.number(),
    refusedTotal: z.number(),
  }),
})
export type Limits = z.infer<typeof limitsSchema>['limits']
