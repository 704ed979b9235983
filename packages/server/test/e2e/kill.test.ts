import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Sandboxes, startSandboxes } from '../../src/sandboxes/sandboxes.ts'
import { must } from '../test-tandem.ts'
import { freshEnvironment, startTandem, tandem, untilPrinted } from './command.ts'

const CONTACTS = 1000
const ITEMS = 200
const INVOICES = 800

let sandboxes: Sandboxes
let env: Record<string, string>

beforeAll(async () => {
  const profile = { seed: 11, contacts: CONTACTS, items: ITEMS, invoices: INVOICES, shape: 'zohoOnly' } as const
  sandboxes = must(await startSandboxes({ zohoPort: { exactly: 0 }, xeroPort: { exactly: 0 }, profile }))
  env = await freshEnvironment(sandboxes, 4900)
})

afterAll(() => sandboxes.close())

const planSchema = z.object({ plan: z.object({ id: z.string() }) })

const stateSchema = z.looseObject({
  contacts: z.array(z.looseObject({ texts: z.looseObject({ Name: z.string() }) })),
  items: z.array(z.looseObject({ code: z.string() })),
  invoices: z.array(z.looseObject({ number: z.string() })),
})

/** What a person would see in Xero: names, codes and numbers, each list in full. */
async function inXero(): Promise<Readonly<Record<'contacts' | 'items' | 'invoices', readonly string[]>>> {
  const state = stateSchema.parse(await (await fetch(`${sandboxes.xero.url}/__sandbox/state`)).json())
  return {
    contacts: state.contacts.map((contact) => contact.texts.Name),
    items: state.items.map((item) => item.code),
    invoices: state.invoices.map((invoice) => invoice.number),
  }
}

const syncSchema = z.looseObject({ result: z.looseObject({ type: z.string() }).optional() })

test('killed three times in the middle of a first sync of 2,000 records, it completes, and nothing exists twice (C5, I2)', {
  timeout: 600_000,
}, async () => {
  await tandem(['connect', 'zoho'], env)
  await tandem(['connect', 'xero'], env)
  await tandem(['settings', 'set', 'addToXero=all', 'salesAccountCode=200'], env)
  const planned = await tandem(['plan', '--json'], env)
  const { plan } = planSchema.parse(JSON.parse(planned.stdout))
  await tandem(['approve', plan.id], env)
  for (const stage of [/writing: [1-9]/, /writing: \d{4}/, /writing: [1-9]/]) {
    const child = startTandem(['sync'], env)
    await untilPrinted(child, stage).catch(() => '')
    const ended = new Promise((resolve) => child.on('close', resolve))
    child.kill('SIGKILL')
    await ended
  }
  for (const _round of [1, 2, 3]) syncSchema.parse(JSON.parse((await tandem(['sync', '--json'], env)).stdout))
  const found = await inXero()
  for (const names of Object.values(found)) expect(new Set(names).size).toBe(names.length)
  expect([found.contacts.length, found.items.length, found.invoices.length]).toEqual([CONTACTS, ITEMS, INVOICES])
})
