import type { InboxItem } from '@tandem/sync/store/contract.ts'
import type { EngineRig } from './engine-rig.ts'

/** Remote ids of everything that the inbox names, with the codes it gives: what waits for a person may differ. */
export async function inboxIds(
  rig: Pick<EngineRig, 'connectionId'> & { readonly store: Pick<EngineRig['store'], 'reports'> },
): Promise<{ readonly items: readonly InboxItem[]; readonly codesById: ReadonlyMap<string, readonly string[]> }> {
  const items = await rig.store.reports.inbox(rig.connectionId)
  const codesById = new Map<string, readonly string[]>()
  for (const item of items) {
    const link = item.linkId === null ? undefined : await rig.store.reports.link(item.linkId)
    for (const part of link?.parts ?? []) {
      if (part.remoteId !== null) codesById.set(part.remoteId, [...(codesById.get(part.remoteId) ?? []), item.code])
    }
  }
  return { items, codesById }
}
