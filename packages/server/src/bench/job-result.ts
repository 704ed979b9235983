import type { BenchEngine } from './engine.ts'
import { type Counts, floorOf } from './floor.ts'
import type { Job } from './job.ts'
import type { JobResult, MeasuredPass } from './result.ts'
import type { BenchSandboxes } from './sandboxes.ts'

interface Parts {
  readonly job: Job
  readonly engine: BenchEngine
  readonly sandboxes: BenchSandboxes
  /** What the sandboxes held and how many calls that takes to read, before the job. */
  readonly before: Awaited<ReturnType<BenchSandboxes['floor']>>
  readonly passes: readonly MeasuredPass[]
  readonly connectXeroCalls: number
}

/** Puts what was measured beside the floor, which comes from the sandboxes' records before and after, not from our own count. */
export async function resultOf(parts: Parts): Promise<JobResult> {
  const { job, engine, sandboxes, before } = parts
  const after = await sandboxes.floor()
  const created = {
    zoho: less(after.zoho.counts, before.zoho.counts),
    xero: less(after.xero.counts, before.xero.counts),
  }
  const { links } = await engine.store.reports.counts(engine.connectionId)
  const reads = { zoho: before.zoho.reads, xero: before.xero.reads }
  return {
    name: job.name,
    shape: job.shape,
    store: job.store,
    rate: job.rate,
    records: recordsIn(before.zoho.counts) + recordsIn(before.xero.counts),
    connectXeroCalls: parts.connectXeroCalls,
    passes: [...parts.passes],
    floor: floorOf({ reads, creates: created, writeBacks: writeBacksOf(links, created.zoho) }),
    created,
    links: { ...links },
    inbox: await inboxByCause(engine),
    xeroLimits: await sandboxes.limits(),
  }
}

/** Every linked Zoho record that was there before has been given its Xero id. */
function writeBacksOf(links: Readonly<Record<string, number>>, created: Counts): Counts {
  const linked = (kind: string) => links[kind] ?? 0
  return {
    contacts: linked('contact') - created.contacts,
    persons: 0,
    items: linked('item') - created.items,
    invoices: linked('invoice') - created.invoices,
  }
}

async function inboxByCause(engine: BenchEngine): Promise<Record<string, number>> {
  const causes: Record<string, number> = {}
  for (const item of await engine.store.reports.inbox(engine.connectionId)) {
    const cause = `${item.kind} ${item.code}`
    causes[cause] = (causes[cause] ?? 0) + 1
  }
  return causes
}

function less(after: Counts, before: Counts): Counts {
  return {
    contacts: after.contacts - before.contacts,
    persons: after.persons - before.persons,
    items: after.items - before.items,
    invoices: after.invoices - before.invoices,
  }
}

const recordsIn = (counts: Counts) => counts.contacts + counts.items + counts.invoices
