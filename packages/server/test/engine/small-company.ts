import { createEngineRig, type EngineRig, type RigOptions } from '../../src/rig/engine-rig.ts'
import { type BothStates, readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'

/** A clean company of a few records that both sides already share: linked, at rest, with an empty request log. */
export async function syncedCompany(options: RigOptions = {}): Promise<EngineRig> {
  const rig = await createEngineRig({
    rate: 400,
    ...options,
    profile: { contacts: 4, items: 3, invoices: 4, shape: 'bothEqual', ...options.profile },
  })
  await rig.syncApproved()
  const { end } = await settle(rig)
  if (end !== 'quiet') throw new Error(`The small company does not settle: ${end}`)
  forgetRequests(rig)
  return rig
}

/** A linked company and its people, looked up afresh. */
export async function firstCompany(rig: EngineRig) {
  const states = await readStates(rig)
  const account = states.zoho.records.Accounts.find((one) => one.Xero_ID !== '')
  if (account === undefined) throw new Error('No linked company')
  return companyOf(states, account.id)
}

export function companyOf(states: BothStates, accountId: string) {
  const account = found(states.zoho.records.Accounts, accountId)
  const contact = found(states.xero.contacts, account.Xero_ID)
  const persons = states.zoho.records.Contacts.filter((person) => person.Account_Name === account.id)
  return { account, contact, persons }
}

export function found<T extends { readonly id: string }>(records: readonly T[], id: string): T {
  const record = records.find((one) => one.id === id)
  if (record === undefined) throw new Error(`No record ${id}`)
  return record
}
