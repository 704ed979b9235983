import { documentFaults } from '@tandem/sync/mapping/document/faults.ts'
import type { Kind } from '@tandem/sync/model/kind.ts'
import { type FieldMapping, NO_MAPPING } from '@tandem/sync/model/mapping-document.ts'
import type { NewZohoField } from '@tandem/sync/remotes/contract.ts'
import { expect } from 'vitest'
import { mappingChange } from '../../src/operations/mapping-change.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { settle } from '../../src/rig/settle.ts'

const MODULES = ['Accounts', 'Contacts', 'Products', 'Invoices', 'Leads'] as const

type CustomField = Pick<NewZohoField, 'label' | 'dataType'> & Partial<NewZohoField>

/** An administrator of the CRM adds fields; what Tandem knows of the org is read anew. */
export async function withFields(rig: EngineRig, module: (typeof MODULES)[number], fields: readonly CustomField[]) {
  const connection = await connectionOf(rig)
  const { zoho, xero } = await rig.ports.openRemotes(connection, 'background')
  const plain = { length: null, isUnique: false, picklist: [] }
  const made = await zoho.createFields(
    module,
    fields.map((field) => ({ ...plain, ...field })),
  )
  const read = [await zoho.fetchReference(MODULES), await xero.fetchReference()] as const
  const [ofZoho, ofXero] = read
  if (made.type !== 'ok' || ofZoho.type !== 'ok' || ofXero.type !== 'ok') throw new Error('The fields were not made')
  const reference = { zoho: ofZoho.value, xero: ofXero.value }
  await rig.store.connections.saveReference(rig.connectionId, reference, rig.ports.clock.now())
}

export async function connectionOf(rig: EngineRig) {
  const connection = await rig.store.connections.get(rig.connectionId)
  if (connection === undefined) throw new Error('The rig has no connection')
  return connection
}

/** A person imports a mapping, as `saveMapping` stores it. */
export async function importMapping(rig: EngineRig, kind: Kind, mappings: readonly FieldMapping[]): Promise<void> {
  const before = await rig.settings()
  const settings = { ...before, mapping: { ...NO_MAPPING, kinds: { [kind]: mappings } } }
  const { reference } = await connectionOf(rig)
  if (reference === null) throw new Error('The rig has no reference data')
  expect(documentFaults(settings, reference)).toEqual([])
  await rig.store.connections.saveSettings(rig.connectionId, settings, mappingChange(before, settings))
}

/** The next sync, which compares everything and is approved; then rest. */
export async function approved(rig: EngineRig): Promise<void> {
  await rig.clock.advance(20_000)
  await rig.syncApproved({ detect: 'sweep' })
  expect((await settle(rig)).end).toBe('quiet')
}
