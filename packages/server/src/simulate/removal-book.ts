import { REMOVAL_KINDS } from '../rig/oracle-removal.ts'
import type { ZohoState } from '../rig/oracle-state.ts'

/** What a person did about deletes that the records do not show at the end. */
export interface RemovalBook {
  /** When a person at the inbox last agreed to the delete of a record, by its remote id and by its partner's. */
  readonly agreed: Map<string, number>
  /** When people brought back what had been deleted or archived, by id. */
  readonly broughtBack: Map<string, readonly number[]>
  /** Companies that one went into as people merged it, by its id: more than one where it was brought back between. */
  readonly mergedInto: Map<string, readonly string[]>
  /** What people put away in Xero while no record of the CRM named it: old news on the day on which the two meet. */
  readonly endedUnmet: Set<string>
}

export function createRemovalBook(): RemovalBook {
  return { agreed: new Map(), broughtBack: new Map(), mergedInto: new Map(), endedUnmet: new Set() }
}

const ENDING_DEEDS: readonly string[] = ['void', 'deleteDraft', 'archiveContact']

/** A deed done in Xero. `zoho`: the CRM as it was then. */
export function noteInXero(
  { endedUnmet }: RemovalBook,
  { action, id }: { readonly action: string; readonly id?: unknown },
  { records }: Pick<ZohoState, 'records'>,
): void {
  if (typeof id !== 'string') return
  const isMet = REMOVAL_KINDS.some(({ module }) => records[module].some((one) => one.Xero_ID === id))
  if (ENDING_DEEDS.includes(action) && !isMet) endedUnmet.add(id)
  else if (action === 'restoreContact') endedUnmet.delete(id)
}

export function noteBack({ broughtBack }: RemovalBook, id: string, atMs: number): void {
  broughtBack.set(id, [...(broughtBack.get(id) ?? []), atMs])
}

export function noteMerged({ mergedInto }: RemovalBook, loser: string, winner: string): void {
  mergedInto.set(loser, [...(mergedInto.get(loser) ?? []), winner])
}

export function timesBack({ broughtBack }: RemovalBook, id: string): number {
  return broughtBack.get(id)?.length ?? 0
}

export function isBackSince({ broughtBack }: RemovalBook, id: string, sinceMs: number): boolean {
  return (broughtBack.get(id) ?? []).some((atMs) => atMs >= sinceMs)
}
