import { z } from 'zod'

/** One job: a company, and how it is measured. Travels to the engine's process as JSON. */
export const jobSchema = z.object({
  name: z.string(),
  shape: z.enum(['zohoOnly', 'xeroOnly', 'bothEqual']),
  contacts: z.number(),
  items: z.number(),
  invoices: z.number(),
  store: z.enum(['embedded', 'memory']),
  /** Virtual milliseconds per real one. */
  rate: z.number(),
  seed: z.number(),
})
export type Job = z.infer<typeof jobSchema>

/** Of the seeded company: all documents lie in the 120 days before. */
export const TODAY = '2026-11-20'
/** Where the virtual clock of engine and sandboxes begins. */
export const START_MS = Date.parse('2026-11-20T02:00:00Z')
