import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type Sandboxes, startSandboxes } from '../../src/sandboxes/sandboxes.ts'
import { must } from '../test-tandem.ts'
import { freshEnvironment, tandem } from './command.ts'

/** Each command is a process of its own that opens the database: seconds on a busy machine. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let sandboxes: Sandboxes
let env: Record<string, string>

beforeAll(async () => {
  const profile = { seed: 5, contacts: 4, items: 2, invoices: 2, shape: 'bothEqual' } as const
  sandboxes = must(await startSandboxes({ zohoPort: { exactly: 0 }, xeroPort: { exactly: 0 }, profile }))
  env = await freshEnvironment(sandboxes, 4700)
})

afterAll(() => sandboxes.close())

async function act(url: string, deed: Readonly<Record<string, unknown>>): Promise<void> {
  const response = await fetch(`${url}/__sandbox/act`, { method: 'POST', body: JSON.stringify(deed) })
  if (!response.ok) throw new Error(await response.text())
}

const inboxSchema = z.array(z.looseObject({ id: z.string(), code: z.string(), cause: z.string(), fix: z.string() }))

// Catches: an inbox whose own commands do not work when typed, and exit codes that call a person twice.
test('the commands that the inbox prints do what they say, typed as printed', async () => {
  await tandem(['connect', 'zoho'], env)
  await tandem(['connect', 'xero'], env)
  const planned = await tandem(['plan'], env)
  const approve = /tandem sync --approve (\S+)/.exec(planned.stdout)?.[1] ?? ''
  await tandem(['sync', '--approve', approve], env)
  await act(sandboxes.zoho.url, { action: 'create', module: 'Accounts', values: { Account_Name: 'Stranger Danger' } })
  await act(sandboxes.xero.url, { action: 'createContact', fields: { Name: 'Stranger Danger' } })

  const opening = await tandem(['sync'], env)
  expect(opening.stdout).toContain('New in the inbox, by cause:')
  expect(opening.stdout).toMatch(/\d+ items wait in the inbox: tandem inbox/)
  expect(opening.code).toBe(1)
  const quiet = await tandem(['sync'], env)
  expect(quiet.stdout).toMatch(/items wait in the inbox/)
  expect(quiet.code).toBe(0)

  const inbox = await tandem(['inbox'], env)
  expect(inbox.code).toBe(1)
  const [, command = ''] = /-> tandem (inbox resolve \S+ link xero:\S+)/.exec(inbox.stdout) ?? []
  expect((await tandem(command.split(' '), env)).stdout).toContain('Linked.')
  expect((await tandem(command.split(' '), env)).stderr).toContain('no open inbox item')
  const linked = await tandem(['sync'], env)
  expect(linked.code).toBe(0)
  const json = await tandem(['inbox', '--json'], { ...env, TANDEM_LANG: 'fr' })
  expect(inboxSchema.parse(JSON.parse(json.stdout)).filter((item) => item.code === 'nameTakenByStranger')).toEqual([])
})

test('a decision that does not exist is a usage mistake that lists those that do', async () => {
  const ended = await tandem(['inbox', 'resolve', 'x', 'adopt'], env)
  expect(ended.stderr).toContain('link, retry, code, delete, detach, choose')
  expect(ended.code).toBe(2)
})
