import { z } from 'zod'

/** What one job measured: goes from the engine's process to the one that prints, and into `bench-results.json`. */
export const SYSTEMS = ['zoho', 'xero'] as const
export type System = (typeof SYSTEMS)[number]

const perSystem = <T extends z.ZodType>(of: T) => z.object({ zoho: of, xero: of })

/** CPU and wall are real milliseconds of the engine's process, `virtualMs` is the sandboxes' clock. */
const spentSchema = z.object({ wallMs: z.number(), cpuMs: z.number(), virtualMs: z.number() })
export type Spent = z.infer<typeof spentSchema>

const trafficSchema = z.object({
  calls: z.number(),
  writes: z.number(),
  refused429: z.number(),
  maxInFlight: z.number(),
  /** UTF-16 units of the answers' bodies: bytes, for the mostly ASCII JSON of both remotes. */
  charsRead: z.number(),
})
export type Traffic = z.infer<typeof trafficSchema>

const passSchema = z.object({
  name: z.string(),
  result: z.string(),
  spent: spentSchema,
  phases: z.record(z.string(), spentSchema),
  traffic: perSystem(trafficSchema),
  /** Calls by purpose, as the connectors name them: `zoho.Invoices.list`. */
  purposes: z.record(z.string(), z.number()),
  /** By operation of the store's lane; wall time, which holds the wait for the one session of the embedded database. */
  storeTimes: z.record(z.string(), z.object({ calls: z.number(), wallMs: z.number() })),
  /** From the start of this pass to the answer of the last write; null when it wrote nothing. */
  lastWriteVirtualMs: z.number().nullable(),
  /** Highest resident memory so far, and after a collection at the end of this pass, in MB. */
  peakMb: z.number(),
  steadyMb: z.number(),
})
export type MeasuredPass = z.infer<typeof passSchema>

const floorSchema = z.object({
  reads: z.number(),
  creates: z.number(),
  writeBacks: z.number(),
  readBacks: z.number(),
  approvalPoll: z.number(),
  echo: z.number(),
  total: z.number(),
})

const countsSchema = z.object({ contacts: z.number(), persons: z.number(), items: z.number(), invoices: z.number() })

export const jobResultSchema = z.object({
  name: z.string(),
  shape: z.string(),
  store: z.string(),
  rate: z.number(),
  /** Records of both sides that the job had to look at, persons left out. */
  records: z.number(),
  /** API calls of connecting: Xero's settings are read here, so that its floor of 6 is compared with them. */
  connectXeroCalls: z.number(),
  passes: z.array(passSchema),
  floor: perSystem(floorSchema),
  created: perSystem(countsSchema),
  links: z.record(z.string(), z.number()),
  inbox: z.record(z.string(), z.number()),
  /** What Xero's sandbox saw of its limits: 5 in flight, 60 in a window. */
  xeroLimits: z.object({
    maxInFlightSeen: z.number(),
    maxCallsInMinuteWindow: z.number(),
    refusedTotal: z.number(),
  }),
})
export type JobResult = z.infer<typeof jobResultSchema>
