import type { ZohoLead } from '../../rig/oracle-state.ts'
import type { Place } from '../edit-ledger.ts'
import { someOf } from '../streams.ts'
import type { Town, Value } from './town.ts'

/** What salespeople do with leads, and what bookkeepers do that makes them (R13b). */
export async function handleLeads(town: Town): Promise<boolean> {
  const deed = someOf(town.chance, DEEDS)
  return deed === undefined ? false : deed(town)
}

type Handling = (town: Town) => Promise<boolean>

const isDone = (id: string | undefined) => id !== undefined

/** A new contact of the books, to whom nothing was sold yet. */
const prospect: Handling = async (town) => {
  const { text, email } = town.fresh()
  const fields = { Name: `Prospect ${text} Ltd`, FirstName: 'Cy', LastName: `D${text}`, EmailAddress: email }
  return isDone(await town.act('xero', { action: 'createContact', fields }))
}

/** A lead of the salespeople's own, and now and then the same somebody in the books. */
const coldLead: Handling = async (town) => {
  const { text, email } = town.fresh()
  const values = { Company: `Cold ${text} Ltd`, Last_Name: `C${text}`, Email: email }
  if (!isDone(await town.act('zoho', { action: 'create', module: 'Leads', values }))) return false
  if (town.chance.float() < 0.5) return true
  const fields = { Name: `Cold ${text} Ltd`, EmailAddress: email }
  return isDone(await town.act('xero', { action: 'createContact', fields }))
}

const openLead = (town: Town): ZohoLead | undefined =>
  someOf(
    town.chance,
    town.states.zoho.records.Leads.filter((one) => !one.Converted__s),
  )

const LEAD_VALUES = {
  phone: (value: Value) => ({ Phone: value.phone.zoho }),
  city: (value: Value) => ({ City: value.text }),
  name: (value: Value) => ({ Company: `Beacon ${value.text} Works` }),
  email: (value: Value) => ({ Email: value.email }),
} as const

const editLead: Handling = async (town) => {
  const lead = openLead(town)
  if (lead === undefined) return false
  const field = town.chance.pick(['phone', 'city', 'name', 'email'] as const)
  const place: Place = { kind: 'lead', id: lead.id, field }
  return town.type('zoho', place, (value) => ({
    action: 'edit',
    module: 'Leads',
    id: lead.id,
    values: LEAD_VALUES[field](value),
  }))
}

const convert: Handling = async (town) => {
  const lead = openLead(town)
  if (lead === undefined) return false
  return isDone(await town.act('zoho', { action: 'convertLead', id: lead.id }))
}

/** Into a company that is there: its own details stay, and those of the lead are given up. */
const convertInto: Handling = async (town) => {
  const lead = openLead(town)
  const account = someOf(town.chance, town.states.zoho.records.Accounts)
  if (lead === undefined || account === undefined) return false
  return town.remove('zoho', lead, { action: 'convertLead', id: lead.id, account: account.id })
}

const deleteLead: Handling = async (town) => {
  const lead = openLead(town)
  if (lead === undefined) return false
  return town.remove('zoho', lead, { action: 'delete', module: 'Leads', id: lead.id })
}

const DEEDS: readonly Handling[] = [
  prospect,
  prospect,
  prospect,
  coldLead,
  editLead,
  editLead,
  editLead,
  convert,
  convert,
  convert,
  convertInto,
  deleteLead,
]
