import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { InboxItem } from '@tandem/sync/store/contract.ts'
import { expect } from 'vitest'
import { zohoAct, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { writesTo } from './invoice-scene.ts'

/** The settings of somebody who wants deletes to cross, to Xero, to the CRM, or both ways. */
export function deletesTo(
  sides: readonly ('zoho' | 'xero')[],
  change: Partial<ConnectionSettings> = {},
): (settings: ConnectionSettings) => ConnectionSettings {
  return (settings) => {
    const { contact, item, quote, invoice } = settings.kinds
    const on = <K extends typeof contact>(kind: K): K => ({
      ...kind,
      ...(sides.includes('zoho') ? { zoho: { ...kind.zoho, delete: true } } : {}),
      ...(sides.includes('xero') ? { xero: { ...kind.xero, delete: true } } : {}),
    })
    const kinds = {
      ...settings.kinds,
      contact: on(contact),
      item: on(item),
      quote: on(quote),
      invoice: on(invoice),
    }
    return { ...settings, ...change, kinds }
  }
}

export async function deleteInCrm(rig: EngineRig, module: string, id: string): Promise<void> {
  await zohoAct(rig, { action: 'delete', module, id })
}

/** A restore leaves no trace in the version (zoho-crm.md 3.7): somebody touches what they have brought back. */
export async function restoreInCrm(
  rig: EngineRig,
  at: { readonly module: string; readonly id: string },
  touch: Readonly<Record<string, unknown>>,
): Promise<void> {
  await zohoAct(rig, { action: 'restore', id: at.id })
  await rig.clock.advance(2_000)
  await zohoEdit(rig, at, touch)
}

export async function openItems(rig: EngineRig): Promise<readonly InboxItem[]> {
  return rig.store.reports.inbox(rig.connectionId)
}

export async function openCodes(rig: EngineRig): Promise<readonly string[]> {
  return (await openItems(rig)).map((item) => item.code)
}

/** A person says of the only open item that it shall be deleted. */
export async function agreeToDelete(rig: EngineRig): Promise<void> {
  const [item] = await openItems(rig)
  const at = rig.ports.clock.now()
  expect(await rig.store.reports.resolve(rig.connectionId, item?.id ?? '', { type: 'delete', at })).toBe('resolved')
}

/** What was sent to Xero that ends a document. */
export function endingCalls(rig: EngineRig, status: 'VOIDED' | 'DELETED' | 'ARCHIVED'): number {
  return writesTo(rig, 'xero').filter(({ body }) => body.includes(`"${status}"`)).length
}
