import { renderInstant } from '../model/instants.ts'
import { fullName, type User, userById } from '../model/org.ts'
import type { StoredRecord } from '../model/record.ts'
import { type ApiAnswer, type Problem, problemBody } from '../problem.ts'
import type { World } from '../world.ts'

export type Outcome =
  | { readonly kind: 'added' | 'updated'; readonly record: StoredRecord; readonly upsert?: UpsertTrace }
  | { readonly kind: 'deleted'; readonly id: string }
  | { readonly kind: 'refused'; readonly problem: Problem }

export interface UpsertTrace {
  readonly action: 'insert' | 'update'
  readonly duplicateField: string | null
}

/** 201/200 all done, 207 mixed, 400 none, 412 where a guard failed (zoho-crm.md 3.3 - 3.6). */
export function answerOf(outcomes: readonly Outcome[], allDone: 200 | 201, reader: Reader): ApiAnswer {
  const refused = outcomes.filter((outcome) => outcome.kind === 'refused')
  const isGuarded = refused.some((outcome) => outcome.problem.code === 'ALREADY_MODIFIED')
  const data = outcomes.map((outcome) => elementOf(outcome, reader))
  if (isGuarded) return { status: 412, body: { data } }
  if (refused.length === 0) return { status: allDone, body: { data } }
  return { status: refused.length === outcomes.length ? 400 : 207, body: { data } }
}

export interface Reader {
  readonly world: World
  readonly user: User
}

function elementOf(outcome: Outcome, reader: Reader): unknown {
  switch (outcome.kind) {
    case 'refused':
      return problemBody(outcome.problem)
    case 'deleted':
      return { code: 'SUCCESS', details: { id: outcome.id }, message: 'record deleted', status: 'success' }
    case 'added':
    case 'updated':
      return {
        code: 'SUCCESS',
        ...(outcome.upsert === undefined
          ? {}
          : { duplicate_field: outcome.upsert.duplicateField, action: outcome.upsert.action }),
        details: { ...stampsOf(outcome.record, reader), $approval_state: 'approved' },
        message: outcome.kind === 'added' ? 'record added' : 'record updated',
        status: 'success',
      }
  }
}

/** The stamps of a write, as success and ALREADY_MODIFIED elements show them. */
export function stampsOf(record: StoredRecord, reader: Reader): Record<string, unknown> {
  const who = (id: string) => {
    const user = userById(reader.world.org(), id)
    return { name: user === undefined ? '' : fullName(user), id }
  }
  return {
    id: record.id,
    Created_Time: renderInstant(record.createdMs, reader.user.timeZone),
    Modified_Time: renderInstant(record.modifiedMs, reader.user.timeZone),
    Created_By: who(record.createdBy),
    Modified_By: who(record.modifiedBy),
  }
}
