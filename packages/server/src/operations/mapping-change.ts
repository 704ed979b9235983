import { documentFaults } from '@tandem/sync/mapping/document/faults.ts'
import { isOnlyWider, mappingMeaning } from '@tandem/sync/model/mapping-document.ts'
import type { ReferenceData } from '@tandem/sync/model/reference.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { sameValue } from '@tandem/sync/model/value.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Answer, answer, type Failed, problem } from '../problem.ts'

/** Another name or policy means the same; a value table that has grown leaves every base as it is. */
export function mappingChange(
  { mapping: before }: ConnectionSettings,
  { mapping: after }: ConnectionSettings,
): 'keep' | 'widen' | 'preview' {
  if (sameValue(mappingMeaning(before), mappingMeaning(after))) return 'keep'
  return isOnlyWider(before, after) ? 'widen' : 'preview'
}

const SHOWN_FAULTS = 5

/** Why this mapping cannot be stored, against both organisations as they are now; null when it can. */
export function refusedMapping(connection: Connection, settings: ConnectionSettings): Failed | null {
  const reference = referenceOf(connection)
  if (reference.type === 'problem') return reference
  const faults = documentFaults(settings, reference.value)
  if (faults.length === 0) return null
  const told = faults.slice(0, SHOWN_FAULTS).map(({ detail }) => detail)
  const more = faults.length > SHOWN_FAULTS ? [`and ${faults.length - SHOWN_FAULTS} more`] : []
  return problem('badInput', `This mapping cannot work. ${[...told, ...more].join('; ')}.`, 'Nothing was changed.')
}

export function referenceOf({ name, reference }: Connection): Answer<ReferenceData> {
  if (reference !== null) return answer(reference)
  return problem('notConnected', `The fields of ${name} were not read yet.`, 'Connect both systems first.')
}
