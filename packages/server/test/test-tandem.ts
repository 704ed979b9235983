import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import type { ReferenceData } from '@tandem/sync/model/reference.ts'
import { noCrash } from '@tandem/sync/ports/crash-point.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { createMemoryStore } from '@tandem/sync/store/memory/store.ts'
import { createApp } from '../src/api/app.ts'
import { readConfig } from '../src/config.ts'
import { openDataFolder } from '../src/folder/data-folder.ts'
import type { Gateway } from '../src/gateway/contract.ts'
import { createLog } from '../src/log.ts'
import { createOperations } from '../src/operations/operations.ts'
import { systemChance } from '../src/ports/system.ts'
import { type Answer, answer, problem } from '../src/problem.ts'
import type { Tandem } from '../src/tandem.ts'

export const API_TOKEN = 'the-token-of-the-test'
export const WEBHOOK_KEY = 'testkey'

/** A product on the in-memory store with a clock that the test moves; `gateway` stands in for the remotes. */
export async function testTandem(gateway: Partial<Gateway> = {}) {
  let now = Date.UTC(2026, 10, 2, 9)
  const advance = (milliseconds: number) => {
    now += milliseconds
  }
  const clock = { now: () => now, monotonic: () => now, sleep: async () => undefined }
  const path = mkdtempSync(join(tmpdir(), 'tandem-test-'))
  const environment = { TANDEM_DATA_DIR: path, XERO_WEBHOOK_KEY: WEBHOOK_KEY, TANDEM_LOG: 'silent' }
  const config = must(readConfig(environment))
  const store = createMemoryStore({ clock, chance: systemChance })
  const tandem: Tandem = {
    config,
    folder: must(await openDataFolder(path)),
    log: createLog('silent'),
    clock,
    chance: systemChance,
    crash: noCrash,
    store,
    gateway: { ...noRemotes, ...gateway },
    enginePorts: () => {
      throw new Error('This test walks no connection')
    },
    derive: (purpose) => `derived:${purpose}`,
    isClosing: () => false,
    close: () => store.close(),
  }
  const operations = createOperations(tandem)
  const app = createApp({ tandem, operations, apiToken: API_TOKEN })
  return { tandem, operations, app, advance }
}

const refused = async (): Promise<never> => {
  throw new Error('This test reaches no remote')
}

const noRemotes: Gateway = {
  openRemotes: refused,
  authorizeUrl: (system, state) => answer(`https://login.example/${system}?state=${state}`),
  grantedScopes: async () => [],
  finishZoho: async () => problem('remoteRefused', 'no Zoho here'),
  finishXero: async () => problem('remoteRefused', 'no Xero here'),
  prepare: async () => problem('remoteRefused', 'no remote here'),
  disconnectXero: async () => answer(null),
}

export function must<T>(outcome: Answer<T>): T {
  if (outcome.type === 'ok') return outcome.value
  throw new Error(outcome.problem.title)
}

export function testConnection(id: string): Connection {
  return {
    id,
    name: `Connection ${id}`,
    zoho: { credentialId: 'z', dataCentre: 'au', apiDomain: 'https://x.example', zgid: `org-${id}`, orgName: 'Org' },
    xero: { credentialId: 'x', xeroConnectionId: 'xc', tenantId: `tenant-${id}`, tenantName: 'Tenant' },
    settings: DEFAULT_SETTINGS,
    generation: 1,
    state: 'ready',
    pausedCode: null,
    reference: null,
    referenceAt: null,
    firstSyncDone: false,
  }
}

/** Two organisations with nothing in them. */
export const REFERENCE: ReferenceData = {
  zoho: {
    zgid: 'org-1',
    companyName: 'Org 1',
    baseCurrency: 'AUD',
    isMultiCurrency: false,
    timeZone: 'Australia/Sydney',
    userId: 'u1',
    taxes: [],
    currencies: ['AUD'],
    modules: [],
    fields: {},
  },
  xero: {
    tenantId: 't1',
    name: 'Tenant t1',
    shortCode: '!abc',
    baseCurrency: 'AUD',
    timeZone: 'Australia/Sydney',
    periodLockDate: null,
    endOfYearLockDate: null,
    accounts: [],
    taxRates: [],
    currencies: ['AUD'],
    brandingThemes: [],
  },
}
