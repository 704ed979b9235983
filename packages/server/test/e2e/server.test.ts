import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Sandboxes, startSandboxes } from '../../src/sandboxes/sandboxes.ts'
import { must } from '../test-tandem.ts'
import { freshEnvironment, startTandem, tandem, untilPrinted } from './command.ts'

/** Each command is a process of its own that opens the database: seconds on a busy machine. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let sandboxes: Sandboxes
let env: Record<string, string>

beforeAll(async () => {
  const profile = { seed: 5, contacts: 6, items: 3, invoices: 4, shape: 'mixed' } as const
  sandboxes = must(await startSandboxes({ zohoPort: { exactly: 0 }, xeroPort: { exactly: 0 }, profile }))
  env = await freshEnvironment(sandboxes, 4800)
})

afterAll(() => sandboxes.close())

test('while the server runs, commands go through it; it ends cleanly on SIGTERM and leaves the folder free', async () => {
  const server = startTandem(['start'], env)
  await untilPrinted(server, /listens at/)
  expect((await tandem(['connect', 'zoho'], env)).code).toBe(0)
  expect((await tandem(['connect', 'xero'], env)).stdout).toContain('Connected:')
  const plan = await tandem(['plan', '--json'], env)
  expect(JSON.parse(plan.stdout)).toMatchObject({ result: { type: 'held' }, plan: { state: 'held' } })
  const second = await tandem(['start'], env)
  expect(second.stderr).toMatch(/runs already/)
  expect(second.code).toBe(2)
  const ended = new Promise((resolve) => server.on('close', resolve))
  server.kill('SIGTERM')
  expect(await ended).toBe(0)
  const after = await tandem(['connections', '--json'], env)
  expect(JSON.parse(after.stdout)).toHaveLength(1)
})

test('a server that was killed leaves nothing that blocks the next one', async () => {
  const server = startTandem(['start'], env)
  await untilPrinted(server, /listens at/)
  const ended = new Promise((resolve) => server.on('close', resolve))
  server.kill('SIGKILL')
  await ended
  const again = startTandem(['start'], env)
  await untilPrinted(again, /listens at/)
  const closed = new Promise((resolve) => again.on('close', resolve))
  again.kill('SIGTERM')
  expect(await closed).toBe(0)
})
