import {
  type Company,
  createChance,
  createClock,
  generateCompany,
  serveSandbox,
  type VirtualClock,
} from '@tandem/sandbox'
import { createXeroSandbox } from '@tandem/sandbox/xero/index.ts'
import { createZohoSandbox } from '@tandem/sandbox/zoho/index.ts'
import { jobSchema, START_MS, TODAY } from './job.ts'

/**
 * A process of its own for both sandboxes, so that the engine's process has only the engine's CPU and memory. It takes
 * the job and the real instant at which virtual time began as arguments, and ends with its parent.
 */
const job = jobSchema.parse(JSON.parse(process.argv[2] ?? ''))
const startedAt = Number(process.argv[3])
const clock = createClock({ startMs: START_MS + (Date.now() - startedAt) * job.rate, rate: job.rate })
const company = generateCompany({ ...job, today: TODAY })
await run(clock, company)

async function run(clock: VirtualClock, company: Company): Promise<void> {
  const deliver = async () => new Response(null, { status: 200 })
  const zoho = createZohoSandbox({ clock, chance: createChance(job.seed), company, autoConsent: true, deliver })
  const xero = createXeroSandbox({ clock, chance: createChance(job.seed + 1), company, deliver })
  const zohoServed = await serveSandbox(zoho.app, 0)
  const xeroServed = await serveSandbox(xero.app, 0)
  zoho.setBaseUrl(zohoServed.url)
  xero.setBaseUrl(xeroServed.url)
  process.on('message', async () => {
    const answer = await xero.app.fetch(new Request(`${xeroServed.url}/__sandbox/state`))
    const state: unknown = await answer.json()
    const limits: unknown = typeof state === 'object' && state !== null && 'limits' in state ? state.limits : null
    tell({ type: 'limits', limits })
  })
  process.on('disconnect', () => process.exit(0))
  tell({
    type: 'ready',
    zoho: { url: zohoServed.url, credentials: zoho.credentials },
    xero: { url: xeroServed.url, credentials: xero.credentials },
  })
}

/** What the other end makes of it is in `sandbox-messages.ts`. */
function tell(message: object): void {
  process.send?.(message)
}
