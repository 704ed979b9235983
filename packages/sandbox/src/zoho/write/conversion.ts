import type { JsonObject } from '../model/json.ts'
import type { Module } from '../model/modules.ts'
import type { User } from '../model/org.ts'
import type { StoredRecord } from '../model/record.ts'
import { invalidData, type Problem, problemBody } from '../problem.ts'
import type { Change, World } from '../world.ts'
import { judge } from './judge.ts'
import { viewOf } from './view.ts'
import { insertOne, updateOne, type WriteSession } from './write-records.ts'

/** Who converts: an API user or a person in the CRM's pages. */
export interface Converter {
  readonly world: World
  readonly user: User
  readonly by: 'api' | 'person'
}

/** Why nothing was converted; problems of the path stand unwrapped, those of an element in `data[]` (zoho-crm.md 4.3). */
export interface ConversionRefusal {
  readonly ok: false
  readonly place: 'path' | 'element'
  readonly problem: Problem
}

export function unconverted(place: ConversionRefusal['place'], problem: Problem): ConversionRefusal {
  return { ok: false, place, problem }
}

export const alreadyConverted = unconverted('path', {
  code: 'ID_ALREADY_CONVERTED',
  message: 'id already converted',
  details: { resource_path_index: 1 },
})
export const unknownSource = unconverted('path', invalidData({ resource_path_index: 1 }))

/** A record that a conversion is about to make, or to change. */
export interface Planned {
  readonly module: Module
  /** The record that is changed; undefined for a new one. */
  readonly before: StoredRecord | undefined
  readonly input: JsonObject
  readonly path: string
}

/** First problem of any of them, so that a conversion makes all of its records or none. */
export function plannedProblem(world: World, planned: readonly Planned[]): Problem | undefined {
  const view = viewOf(world)
  for (const { input, ...subject } of planned) {
    const judgement = judge({ view, ...subject }, input)
    if (!judgement.ok) return judgement.problem
  }
  return undefined
}

/** Writes what was judged before. */
export function made(converter: Converter, planned: Planned, changes: Change[]): StoredRecord {
  const session = sessionOf(converter, planned.module, changes)
  const { before, input, path } = planned
  const outcome =
    before === undefined
      ? insertOne(session, { raw: input, path })
      : updateOne(session, { raw: { ...input, id: before.id }, path })
  if (outcome.kind === 'added' || outcome.kind === 'updated') return outcome.record
  const problem = outcome.kind === 'refused' ? JSON.stringify(problemBody(outcome.problem)) : outcome.kind
  throw new Error(`a judged conversion was refused: ${problem}`)
}

export function sessionOf(converter: Converter, module: Module, changes: Change[]): WriteSession {
  return { ...converter, module, unmodifiedSinceMs: undefined, changes }
}

/** A module that every org has. */
export function standardModule(world: World, name: 'Leads' | 'Accounts' | 'Contacts' | 'Deals'): Module {
  const module = world.module(name)
  if (module === undefined) throw new Error(`no module ${name}`)
  return module
}
