import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { xeroEdit, zohoEdit } from '../../src/rig/acts.ts'
import { type EngineRig, XERO_ORIGIN, ZOHO_ORIGIN } from '../../src/rig/engine-rig.ts'
import { eventView } from '../../src/views/from-engine.ts'
import { atRest } from './invoice-scene.ts'
import { firstCompany, syncedCompany } from './small-company.ts'

let rig: EngineRig
beforeEach(async () => {
  rig = await syncedCompany()
})
afterEach(() => rig.close())

/** The newest line about a write on that side. */
async function lineOf(side: 'zoho' | 'xero') {
  const events = (await rig.store.reports.events(rig.connectionId, 20)).map(eventView)
  const found = events.find(({ detail }) => z.object({ side: z.literal(side) }).safeParse(detail).success)
  if (found === undefined) throw new Error(`No line about a write to ${side}`)
  return found
}

const instant = z.string().transform((text) => new Date(text).toISOString())
const zohoState = z.object({
  records: z.object({
    Accounts: z.array(z.object({ id: z.string(), Created_Time: instant, Modified_Time: instant })),
  }),
})
const xeroState = z.object({
  contacts: z.array(z.object({ id: z.string(), updatedMs: z.number() })),
})

async function stateAt(origin: string, app: { fetch(request: Request): Response | Promise<Response> }) {
  const response = await app.fetch(new Request(`${origin}/__sandbox/state`))
  const body: unknown = await response.json()
  return body
}

async function clocksOf({ account, contact }: Awaited<ReturnType<typeof firstCompany>>) {
  const zoho = zohoState.parse(await stateAt(ZOHO_ORIGIN, rig.zoho.app))
  const xero = xeroState.parse(await stateAt(XERO_ORIGIN, rig.xero.app))
  const crm = zoho.records.Accounts.find((one) => one.id === account.id)
  const books = xero.contacts.find((one) => one.id === contact.id)
  return {
    zoho: { created: crm?.Created_Time, modified: crm?.Modified_Time },
    xeroModified: new Date(books?.updatedMs ?? 0).toISOString(),
  }
}

// Catches: an audit log by which nobody can tell who changed what first, since it has our own time alone (R21h).
test('each line has Zoho’s times, Xero’s and ours, in UTC, whichever side was written', async () => {
  const company = await firstCompany(rig)
  await rig.clock.advance(3_600_000)
  await zohoEdit(rig, { module: 'Accounts', id: company.account.id }, { Phone: '+61 2 5550 7777' })
  await rig.clock.advance(60_000)
  await atRest(rig)
  const toXero = await lineOf('xero')
  const first = await clocksOf(company)
  expect(toXero.times).toEqual({
    tandem: new Date(toXero.at).toISOString(),
    zoho: first.zoho,
    xero: { created: null, modified: first.xeroModified },
  })
  expect(Date.parse(first.xeroModified) - Date.parse(first.zoho.modified ?? '')).toBeGreaterThan(60_000)

  await xeroEdit(rig, { action: 'editContact', id: company.contact.id }, { EmailAddress: 'new.box@example.com' })
  await atRest(rig)
  const toZoho = await lineOf('zoho')
  const second = await clocksOf(company)
  expect(toZoho.times.xero).toEqual({ created: null, modified: second.xeroModified })
  expect(toZoho.times.zoho?.modified).toMatch(/^2026-11-20T0\d:\d\d:\d\d\.000Z$/)
})
