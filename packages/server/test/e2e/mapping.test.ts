import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type Sandboxes, startSandboxes } from '../../src/sandboxes/sandboxes.ts'
import { must } from '../test-tandem.ts'
import { freshEnvironment, freshFolder, tandem } from './command.ts'

/** Each command is a process of its own that opens the database: seconds on a busy machine. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

let sandboxes: Sandboxes
let env: Record<string, string>
const folder = freshFolder()

beforeAll(async () => {
  const profile = { seed: 5, contacts: 4, items: 2, invoices: 2, shape: 'bothEqual' } as const
  sandboxes = must(await startSandboxes({ zohoPort: { exactly: 0 }, xeroPort: { exactly: 0 }, profile }))
  env = await freshEnvironment(sandboxes, 4750)
})

afterAll(() => sandboxes.close())

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

const SITE = { field: 'site', zoho: 'Account_Site', xero: 'AccountNumber' }
const documentOf = (field: object) => ({ version: 1, name: 'Ours', kinds: { contact: [field] } })

const accounts = z.object({ records: z.object({ Accounts: z.array(z.object({ id: z.string() })) }) })
const contacts = z.object({ contacts: z.array(z.object({ texts: z.object({ AccountNumber: z.string() }) })) })

async function numbersInXero(): Promise<readonly string[]> {
  const state: unknown = await (await fetch(`${sandboxes.xero.url}/__sandbox/state`)).json()
  return contacts.parse(state).contacts.map(({ texts }) => texts.AccountNumber)
}

async function setSite(value: string): Promise<void> {
  const state: unknown = await (await fetch(`${sandboxes.zoho.url}/__sandbox/state`)).json()
  const [account] = accounts.parse(state).records.Accounts
  const deed = { action: 'edit', module: 'Accounts', id: account?.id, values: { Account_Site: value } }
  const done = await fetch(`${sandboxes.zoho.url}/__sandbox/act`, { method: 'POST', body: JSON.stringify(deed) })
  expect(done.ok).toBe(true)
}

// Catches: a document that is stored though it cannot work, and a mapping that is at work before anybody saw what it does.
test('a mapping is imported, tried, previewed, approved and exported as typed', async () => {
  // At rest since before the first sync: no list of changes would bring it.
  await setSite('S-1')
  await tandem(['connect', 'zoho'], env)
  await tandem(['connect', 'xero'], env)
  const first = /tandem sync --approve (\S+)/.exec((await tandem(['plan'], env)).stdout)?.[1] ?? ''
  await tandem(['sync', '--approve', first], env)

  const broken = await tandem(['mapping', 'import', file('broken.json', documentOf({ ...SITE, zoho: 'Nowhere' }))], env)
  expect(broken.stdout).toContain('contact.site: Zoho Accounts has no field Nowhere')
  expect(broken.code).toBe(2)

  const good = file('good.json', documentOf(SITE))
  const sample = file('sample.json', { Account_Site: 'S-1', Annual_Revenue: 1.1 })
  const tried = await tandem(['mapping', 'test', '--kind', 'contact', '--record', sample, '--document', good], env)
  expect(tried.stdout).toContain('Account Site | Account number: sends {"AccountNumber":"S-1"}')
  expect((await tandem(['mapping', 'import', good], env)).stdout).toContain('until you approve it nothing is written')

  const preview = await tandem(['sync'], env)
  expect(preview.code).toBe(1)
  expect(await numbersInXero()).not.toContain('S-1')
  const [, approve = ''] = /tandem (?:sync --)?approve (\S+)/.exec(preview.stdout) ?? []
  await tandem(['sync', '--approve', approve], env)
  expect(await numbersInXero()).toContain('S-1')

  const exported = join(folder, 'exported.json')
  expect((await tandem(['mapping', 'export', exported], env)).code).toBe(0)
  expect(JSON.parse(readFileSync(exported, 'utf8'))).toEqual(documentOf(SITE))
})

test('mistakes say what to do', async () => {
  const unknown = await tandem(['mapping', 'import', '--preset', 'upsideDown'], env)
  expect(unknown.stderr).toMatch(/no preset "upsideDown".*tandem mapping presets/s)
  const missing = await tandem(['mapping', 'import', join(folder, 'no-such.json')], env)
  expect(missing.stderr).toMatch(/cannot be read/)
  expect(missing.code).toBe(2)
})
