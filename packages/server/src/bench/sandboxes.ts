import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Counts, NOTHING } from './floor.ts'
import type { Job } from './job.ts'
import type { System } from './result.ts'
import { type Limits, limitsSchema, type Ready, readySchema } from './sandbox-messages.ts'

/** The sandboxes of a job in a process of their own. */
export interface BenchSandboxes extends Ready {
  /** Calls that read everything of a system once, and how many records that is, as its sandbox counts them. */
  floor(): Promise<Readonly<Record<System, { readonly reads: number; readonly counts: Counts }>>>
  limits(): Promise<Limits>
  /** Moves the one clock of both sandboxes forward. */
  advance(milliseconds: number): Promise<void>
  close(): void
}

const PROCESS = fileURLToPath(new URL('sandbox-process.ts', import.meta.url))

export async function startBenchSandboxes(job: Job, startedAt: number): Promise<BenchSandboxes> {
  const child = fork(PROCESS, [JSON.stringify(job), String(startedAt)], { execArgv: ['--max-old-space-size=6000'] })
  const ready = readySchema.parse(await nextMessage(child))
  return {
    ...ready,
    floor: async () => ({
      zoho: await zohoFloor(ready.zoho.url),
      xero: await xeroFloor(ready.xero.url),
    }),
    async limits() {
      const answer = nextMessage(child)
      child.send('limits')
      return limitsSchema.parse(await answer).limits
    },
    async advance(advanceMs) {
      const body = JSON.stringify({ advanceMs })
      const answer = await fetch(`${ready.zoho.url}/__sandbox/clock`, { method: 'POST', body })
      if (!answer.ok) throw new Error(`The sandboxes' clock cannot be moved: ${answer.status}`)
    },
    close: () => child.disconnect(),
  }
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`The sandboxes ended with code ${code}`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message)
    })
  })
}

const zohoFloorSchema = z.object({
  readTotal: z.number(),
  counts: z.object({ Accounts: z.number(), Contacts: z.number(), Products: z.number(), Invoices: z.number() }),
})
const xeroFloorSchema = z.object({ reads: z.object({ total: z.number() }) })
const xeroStateSchema = z.object({
  counts: z.object({ contacts: z.number(), items: z.number(), invoices: z.number() }),
})

async function zohoFloor(url: string) {
  const { readTotal, counts } = zohoFloorSchema.parse(await readJson(`${url}/__sandbox/floor`))
  return {
    reads: readTotal,
    counts: {
      contacts: counts.Accounts,
      persons: counts.Contacts,
      items: counts.Products,
      invoices: counts.Invoices,
    },
  }
}

async function xeroFloor(url: string) {
  const { reads } = xeroFloorSchema.parse(await readJson(`${url}/__sandbox/floor`))
  const { counts } = xeroStateSchema.parse(await readJson(`${url}/__sandbox/state`))
  return { reads: reads.total, counts: { ...NOTHING, ...counts } }
}

async function readJson(url: string): Promise<unknown> {
  const answer = await fetch(url)
  return answer.json()
}
