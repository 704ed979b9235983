import type { StoredRecord } from '../model/record.ts'
import type { Problem } from '../problem.ts'
import { isConverted } from '../read/converted.ts'
import { stampsOf } from './outcome.ts'
import type { WriteSession } from './write-records.ts'

/** A converted lead takes no more edits; under the other reading it does (unverified). */
export function convertedProblem(
  session: WriteSession,
  target: { readonly before: StoredRecord; readonly path: string },
): Problem | undefined {
  const isOpen = session.module.apiName !== 'Leads' || !isConverted(target.before)
  if (isOpen || session.world.switches.is('convertedLeadWrite', 'accepted')) return undefined
  const details = { id: target.before.id, api_name: 'id', json_path: `${target.path}.id` }
  return { code: 'CONVERTED_RECORD', message: "can't update the converted record", details }
}

/** Second resolution: an edit within the second of the guard is not seen by default (zoho-crm.md 3.6). */
export function guardProblem(session: WriteSession, before: StoredRecord): Problem | undefined {
  const since = session.unmodifiedSinceMs
  if (since === undefined) return undefined
  const isStrict = session.world.switches.is('unmodifiedSince', 'strictlyLater')
  const isModified = isStrict ? before.modifiedMs > since : before.modifiedMs >= since
  if (!isModified) return undefined
  return {
    code: 'ALREADY_MODIFIED',
    message: 'record updated time has already passed if-unmodified-since time',
    details: stampsOf(before, session),
  }
}
