import type { MappingContext, PersonRules, SideView } from '../mapping/contract.ts'
import type { Link } from '../model/link.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { Side } from '../model/side.ts'

/**
 * Persons of a company in the order of their creation: the primary is ticked, or was chosen, or is the oldest with an
 * e-mail. Of several who are ticked, as after a merge, it stays the one that was chosen.
 */
export function companyView(
  main: RemoteRecord | null,
  persons: readonly RemoteRecord[],
  choice: PrimaryChoice,
): SideView {
  const ordered = [...persons].sort(byAge)
  const isChosen = (record: RemoteRecord) => record.id === choice.chosenId
  const ticked = ordered.filter((record) => choice.rules.isTicked(record, choice.context))
  const primary =
    ticked.find(isChosen) ??
    ticked[0] ??
    ordered.find(isChosen) ??
    ordered.find((record) => choice.rules.hasEmail(record)) ??
    ordered[0] ??
    null
  return { side: 'zoho', main, primary, persons: ordered.filter((record) => record !== primary) }
}

export interface PrimaryChoice {
  readonly rules: PersonRules
  readonly context: Pick<MappingContext, 'settings'>
  /** The person that the link has stored as primary; null while there is none. */
  readonly chosenId: string | null
}

function byAge(left: RemoteRecord, right: RemoteRecord): number {
  const key = (record: RemoteRecord) => `${record.createdAt ?? ''}/${record.id.padStart(20, '0')}`
  return key(left) < key(right) ? -1 : 1
}

export function plainView(side: Side, main: RemoteRecord | null): SideView {
  return { side, main, primary: null, persons: [] }
}

export function chosenPrimary(link: Link): string | null {
  return link.parts.find((part) => part.role === 'primary')?.remoteId ?? null
}
