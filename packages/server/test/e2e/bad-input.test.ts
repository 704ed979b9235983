import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Sandboxes, startSandboxes } from '../../src/sandboxes/sandboxes.ts'
import { must } from '../test-tandem.ts'
import { type Ended, freshEnvironment, freshFolder, tandem } from './command.ts'

/** Each command is a process of its own that opens the database: seconds on a busy machine. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let sandboxes: Sandboxes

beforeAll(async () => {
  const profile = { seed: 3, contacts: 4, items: 2, invoices: 2, shape: 'mixed' } as const
  sandboxes = must(await startSandboxes({ zohoPort: { exactly: 0 }, xeroPort: { exactly: 0 }, profile }))
})

afterAll(() => sandboxes.close())

async function environment(over: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
  return { ...(await freshEnvironment(sandboxes, 4600)), ...over }
}

/** A person reads a sentence and what to do; never a stack trace. */
function expectPlain(ended: Ended, words: RegExp, code = 2): void {
  expect(ended.stderr).toMatch(words)
  expect(ended.stderr + ended.stdout).not.toMatch(/\n\s+at /)
  expect(ended.code).toBe(code)
}

describe('usage and configuration', () => {
  test('an unknown module is refused with the known ones, before anything is opened', async () => {
    expectPlain(await tandem(['sync', '--kinds', 'leads'], await environment()), /no module "leads".*contacts, items/s)
  })

  test('an unknown command, a wrong mode, a wrong date', async () => {
    const env = await environment()
    expectPlain(await tandem(['synch'], env), /unknown command/)
    expectPlain(await tandem(['sync', '--mode', 'sideways'], env), /zoho-to-xero/)
    expectPlain(await tandem(['sync', '--since', 'yesterday'], env), /2026-07-01/)
  })

  test('a data folder that is a file', async () => {
    const file = join(freshFolder(), 'file')
    writeFileSync(file, '')
    const env = await environment({ TANDEM_DATA_DIR: file })
    expectPlain(await tandem(['connections'], env), /data folder .* cannot be used.*TANDEM_DATA_DIR/s)
    const below = await environment({ TANDEM_DATA_DIR: join(file, 'below') })
    expectPlain(await tandem(['connections'], below), /a part of its path is a file/)
  })

  test('a sync without a connection says how to connect', async () => {
    expectPlain(await tandem(['sync'], await environment()), /no connection yet.*tandem connect zoho/s)
  })
})

describe('sign-in', () => {
  test('a wrong secret names the variables, and never repeats it', async () => {
    const ended = await tandem(['connect', 'xero'], await environment({ XERO_CLIENT_SECRET: 'wrong-secret-of-mine' }))
    expectPlain(ended, /XERO_CLIENT_ID and XERO_CLIENT_SECRET/)
    expect(ended.stderr).not.toContain('wrong-secret-of-mine')
  })

  test('no client id at all names the variable and the redirect URI', async () => {
    const ended = await tandem(['connect', 'zoho'], await environment({ ZOHO_CLIENT_ID: '' }))
    expectPlain(ended, /ZOHO_CLIENT_ID is not set.*\/oauth\/zoho\/callback/s)
  })

  test('a remote that answers HTML is said to be unreadable, not a crash', async () => {
    const html = createServer((_request, response) => response.end('<html>Maintenance</html>'))
    await new Promise<void>((resolve) => html.listen(0, 'localhost', () => resolve()))
    const address: AddressInfo | string | null = html.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const ended = await tandem(
      ['connect', 'xero'],
      await environment({ XERO_IDENTITY_URL: `http://localhost:${port}` }),
    )
    html.closeAllConnections()
    html.close()
    expectPlain(ended, /Xero/, ended.code ?? 0)
    expect([1, 2]).toContain(ended.code)
  })

  test('nobody answers at the sandbox: says so', async () => {
    const ended = await tandem(['connect', 'zoho'], await environment({ ZOHO_ACCOUNTS_URL: 'http://localhost:1' }))
    expectPlain(ended, /Nothing answers at http:\/\/localhost:1/, 1)
  })

  test('the callback port is taken by another program', async () => {
    const env = await environment()
    const other = createServer(() => undefined)
    await new Promise<void>((resolve) => other.listen(Number(env.PORT), 'localhost', () => resolve()))
    const ended = await tandem(['connect', 'zoho'], env)
    other.close()
    expectPlain(ended, /Port \d+ is in use/)
  })
})

describe('after connecting', () => {
  let env: Record<string, string>

  beforeAll(async () => {
    env = await environment()
    expect((await tandem(['connect', 'zoho'], env)).code).toBe(0)
    expect((await tandem(['connect', 'xero'], env)).stdout).toContain('Connected:')
  })

  test('a wrong secret key is told from a broken sign-in, and nothing is overwritten', async () => {
    const wrong = { ...env, TANDEM_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') }
    expectPlain(await tandem(['connections'], wrong), /sealed with another one.*TANDEM_SECRET_KEY/s)
    expect((await tandem(['connections'], env)).code).toBe(0)
  })

  test('malformed settings store nothing', async () => {
    expectPlain(await tandem(['settings', 'set', 'taxMap=[{'], env), /not JSON.*Nothing was changed/s)
    expectPlain(await tandem(['settings', 'set', 'quietSeconds=9', 'addToXero=perhaps'], env), /addToXero/)
    const settings = await tandem(['settings', 'get', 'quietSeconds'], env)
    expect(settings.stdout.trim()).toBe('5')
  })

  test('an organisation that is connected already is refused (R03)', async () => {
    expectPlain(await tandem(['connect', 'zoho'], env), /already part of the connection/)
  })

  test('an approval of a plan that does not exist', async () => {
    expectPlain(await tandem(['approve', 'no-such-plan'], env), /no plan no-such-plan/)
  })

  test('a tenant that was revoked in Xero: sync stops and says to sign in again', async () => {
    const act = (body: object) =>
      fetch(`${sandboxes.xero.url}/__sandbox/act`, { method: 'POST', body: JSON.stringify(body) })
    expect((await act({ action: 'disconnectApp' })).ok).toBe(true)
    const ended = await tandem(['sync'], env)
    expect(ended.stdout + ended.stderr).toMatch(/reconnectNeeded|organisationUnreachable/)
    expect(ended.code).toBe(2)
    const renewed = await tandem(['connect', 'xero', '--renew'], env)
    expect(renewed.stdout).toContain('The sign-in was renewed')
  })

  test('a scope that is missing in Zoho: sync stops and names it', async () => {
    const body = JSON.stringify({ action: 'removeScope', scope: 'ZohoCRM.modules.accounts.READ' })
    expect((await fetch(`${sandboxes.zoho.url}/__sandbox/act`, { method: 'POST', body })).ok).toBe(true)
    const ended = await tandem(['sync'], env)
    expect(ended.stdout + ended.stderr).toContain('scopeMissing')
    expect(ended.code).toBe(2)
  })
})
