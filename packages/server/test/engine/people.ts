import { expect } from 'vitest'
import { zohoCreate } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from './corresponds.ts'
import { companyOf } from './small-company.ts'

/** A company whose people come and go. */
export interface Place {
  readonly rig: EngineRig
  readonly accountId: string
}

/** Both sides at rest and in agreement; the company as it is then. */
export async function restOf({ rig, accountId }: Place) {
  expect((await settle(rig)).end).toBe('quiet')
  await expectAgrees(rig)
  return companyOf(await readStates(rig), accountId)
}

export function personIn({ rig, accountId }: Place, First_Name: string, more: Readonly<Record<string, unknown>> = {}) {
  return zohoCreate(rig, 'Contacts', {
    First_Name,
    Last_Name: 'Person',
    Email: `${First_Name.toLowerCase()}@example.com`,
    Account_Name: { id: accountId },
    ...more,
  })
}

export async function otherCompanyThan({ rig, accountId }: Place) {
  const { Accounts } = (await readStates(rig)).zoho.records
  const other = Accounts.find((one) => one.Xero_ID !== '' && one.id !== accountId)
  if (other === undefined) throw new Error('No other company')
  return other
}
