import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { provisionZoho } from '@tandem/sync/remotes/zoho/provision.ts'
import { expect } from 'vitest'
import { z } from 'zod'
import { xeroCreate, zohoAct } from '../../src/rig/acts.ts'
import type { EngineRig, RigOptions } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { found, syncedCompany } from './small-company.ts'

/** A synced company whose new Xero contacts arrive as leads, as a person would switch it on. */
export async function leadCompany(options: RigOptions = {}): Promise<EngineRig> {
  const rig = await syncedCompany(options)
  await switchLeadsOn(rig)
  return rig
}

export async function switchLeadsOn(rig: EngineRig): Promise<void> {
  await provisionedFor(rig, ['Leads'])
  await rig.change((settings) => ({ ...settings, newXeroContacts: 'leads' }))
  await atRest(rig)
  forgetRequests(rig)
}

/** The fields of these modules made in the CRM, and kept in the settings. */
export async function provisionedFor(rig: EngineRig, modules: Parameters<typeof provisionZoho>[1]['modules']) {
  const connection = await rig.store.connections.get(rig.connectionId)
  if (connection === undefined) throw new Error('The rig has no connection')
  const { zoho } = await rig.ports.openRemotes(connection, 'background')
  const previous = connection.settings.provisioned
  const provisioned = await provisionZoho(zoho, { modules, previous, brandingThemes: [] })
  if (provisioned.type !== 'ok') throw new Error(`The fields are missing: ${JSON.stringify(provisioned)}`)
  await rig.change((settings): ConnectionSettings => ({ ...settings, provisioned: provisioned.value }))
}

export async function atRest(rig: EngineRig): Promise<void> {
  expect((await settle(rig)).end).toBe('quiet')
}

export const ADA = {
  Name: 'Engines Pty',
  FirstName: 'Ada',
  LastName: 'Byron',
  EmailAddress: 'ada@engines.example',
} as const

/** Somebody types a new contact in Xero; nothing was sold to it yet. */
export async function newProspect(rig: EngineRig, fields: Readonly<Record<string, unknown>> = {}) {
  const { id } = await xeroCreate(rig, 'createContact', { ...ADA, ...fields })
  return id
}

/** The lead that names this Xero contact. */
export async function leadOf(rig: EngineRig, contactId: string) {
  const leads = (await readStates(rig)).zoho.records.Leads.filter((one) => one.Xero_ID === contactId)
  const [lead, ...others] = leads
  if (lead === undefined || others.length > 0) throw new Error(`${leads.length} leads of ${contactId}`)
  return lead
}

const conversion = z.object({ account: z.string().nullable(), contact: z.string() })

/** A salesperson presses Convert. */
export async function convert(rig: EngineRig, leadId: string, into: Readonly<Record<string, string>> = {}) {
  return conversion.parse(await zohoAct(rig, { action: 'convertLead', id: leadId, ...into }))
}

export async function counts(rig: EngineRig) {
  const { zoho, xero } = await readStates(rig)
  const { Leads, Accounts, Contacts } = zoho.records
  return { leads: Leads.length, accounts: Accounts.length, people: Contacts.length, xero: xero.contacts.length }
}

export async function accountOf(rig: EngineRig, id: string | null) {
  return found((await readStates(rig)).zoho.records.Accounts, id ?? '')
}

export async function contactOf(rig: EngineRig, id: string) {
  return found((await readStates(rig)).xero.contacts, id)
}

export async function codesIn(rig: EngineRig): Promise<readonly string[]> {
  return (await rig.store.reports.inbox(rig.connectionId)).map(({ code }) => code)
}

/** The books sell something to this contact. */
export function invoiceTo(rig: EngineRig, contactId: string) {
  return xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    Contact: { ContactID: contactId },
    Date: '2026-11-18',
    DueDate: '2026-12-18',
    Status: 'AUTHORISED',
    LineItems: [{ Description: 'Advice', Quantity: 1, UnitAmount: 100, AccountCode: '200', TaxType: 'OUTPUT' }],
  })
}
