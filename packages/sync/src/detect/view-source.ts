import type { MappingContext, PersonRules, SideView } from '../mapping/contract.ts'
import { isForerunner } from '../model/kind.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { Side } from '../model/side.ts'
import type { Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import { companyView, plainView } from './views.ts'

/** Where views come from: the pass' cache, with the persons of companies indexed once. */
export interface ViewSource {
  readonly context: MappingContext
  readonly rules: PersonRules | null
  /** Persons read so far, by company. */
  readonly personsOf: Map<string, Map<string, RemoteRecord>>
  /** Reads the persons of these companies unless they are known to be complete. */
  loadPersons(companyIds: readonly string[], side: Side): Promise<void>
  /** Were the persons of this company asked for by its id, so that all of them are known? */
  isAsked(companyId: string): boolean
}

/** `isWhole`: all persons were listed in this pass, so that none need asking for. */
export function createViewSource(
  walk: Walk,
  of: { readonly rules: PersonRules | null; readonly context: MappingContext; readonly isWhole: () => boolean },
): ViewSource {
  const personsOf = new Map<string, Map<string, RemoteRecord>>()
  const loaded = new Set<string>()
  const asked = new Set<string>()
  const index = (record: RemoteRecord) => {
    const company = of.rules?.companyOf(record) ?? null
    if (company === null) return
    const persons = personsOf.get(company) ?? new Map<string, RemoteRecord>()
    persons.set(record.id, record)
    personsOf.set(company, persons)
  }
  let listedAt: number | null = null
  for (const { record, sentAtMonotonicMs } of of.rules === null
    ? []
    : walk.cache.ofCollection('zoho', of.rules.collection)) {
    index(record)
    listedAt = Math.max(listedAt ?? sentAtMonotonicMs, sentAtMonotonicMs)
  }
  // A company that was restored after the people were listed had nobody then.
  const isListed = (id: string) => {
    const company = walk.cache.get({ side: 'zoho', collection: 'Accounts', remoteId: id })
    return listedAt === null || company === undefined || company.sentAtMonotonicMs <= listedAt
  }
  return {
    context: of.context,
    rules: of.rules,
    personsOf,
    async loadPersons(companyIds, side) {
      if (of.rules === null || side === 'xero') return
      for (const id of companyIds) asked.add(id)
      const missing = companyIds.filter((id) => !loaded.has(id) && !(of.isWhole() && isListed(id)))
      if (missing.length === 0) return
      const sentAt = walk.ports.clock.monotonic()
      const records = await readOrStop(walk, () => walk.remotes.zoho.readPersons(missing))
      walk.cache.add(records, sentAt)
      for (const record of records) index(record)
      for (const id of missing) loaded.add(id)
    },
    isAsked: (companyId) => asked.has(companyId),
  }
}

/** The view of a main record that no link describes yet. */
export function viewOf(main: RemoteRecord, source: ViewSource): SideView {
  if (main.side === 'xero' || source.rules === null || isForerunner(main.collection)) return plainView(main.side, main)
  const persons = [...(source.personsOf.get(main.id)?.values() ?? [])]
  return companyView(main, persons, { rules: source.rules, context: source.context, chosenId: null })
}
