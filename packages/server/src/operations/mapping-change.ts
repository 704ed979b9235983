import { documentFaults } from '@tandem/sync/mapping/document/faults.ts'
import { mappingMeaning } from '@tandem/sync/model/mapping-document.ts'
import type { ReferenceData } from '@tandem/sync/model/reference.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { sameValue } from '@tandem/sync/model/value.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Answer, answer, type Failed, problem } from '../problem.ts'

/** Another meaning, not another name or policy. */
export function isMappingChanged(before: ConnectionSettings, after: ConnectionSettings): boolean {
  return !sameValue(mappingMeaning(before.mapping), mappingMeaning(after.mapping))
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
