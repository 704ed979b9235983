import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { freePort } from '../../src/process/listen.ts'
import { type Sandboxes, sandboxEnvironment, startSandboxes } from '../../src/sandboxes/sandboxes.ts'
import { must } from '../test-tandem.ts'
import { freshFolder, startTandem, tandem, untilPrinted } from './command.ts'

const CONTACTS = 300

let sandboxes: Sandboxes
let env: Record<string, string>

beforeAll(async () => {
  const profile = { seed: 11, contacts: CONTACTS, items: 40, invoices: 0, shape: 'zohoOnly' } as const
  sandboxes = must(await startSandboxes({ zohoPort: { exactly: 0 }, xeroPort: { exactly: 0 }, profile }))
  const port = String(await freePort(4900))
  env = {
    ...sandboxEnvironment(sandboxes),
    TANDEM_DATA_DIR: freshFolder(),
    PORT: port,
    PUBLIC_URL: `http://localhost:${port}`,
  }
})

afterAll(() => sandboxes.close())

const planSchema = z.object({ plan: z.object({ id: z.string() }) })

async function namesInXero(): Promise<readonly string[]> {
  const state: unknown = await (await fetch(`${sandboxes.xero.url}/__sandbox/state`)).json()
  const found = z
    .looseObject({ contacts: z.array(z.looseObject({ texts: z.looseObject({ Name: z.string() }) })) })
    .parse(state)
  return found.contacts.map((contact) => contact.texts.Name)
}

test('killed three times in the middle of the first sync, it completes, and nothing exists twice (C5, I2)', {
  timeout: 240_000,
}, async () => {
  await tandem(['connect', 'zoho'], env)
  await tandem(['connect', 'xero'], env)
  const planned = await tandem(['plan', '--kinds', 'contacts,items', '--json'], env)
  const { plan } = planSchema.parse(JSON.parse(planned.stdout))
  await tandem(['approve', plan.id], env)
  for (const _round of [1, 2, 3]) {
    const child = startTandem(['sync', '--kinds', 'contacts,items'], env)
    await untilPrinted(child, /writing: [1-9]|Done/).catch(() => '')
    const ended = new Promise((resolve) => child.on('close', resolve))
    child.kill('SIGKILL')
    await ended
  }
  for (const _settle of [1, 2, 3]) await tandem(['sync', '--kinds', 'contacts,items'], env)
  const names = await namesInXero()
  expect(new Set(names).size).toBe(names.length)
  expect(names).toHaveLength(CONTACTS)
})
