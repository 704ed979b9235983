import type { Field } from '../model/field.ts'
import type { JsonObject } from '../model/json.ts'
import { fieldOf, holdsRecords, type Module } from '../model/modules.ts'
import { type StoredRecord, textOf, type Value } from '../model/record.ts'
import { boundField, RELATED_MODULE } from '../model/task-module.ts'
import { invalidData, mandatoryNotFound, type Problem } from '../problem.ts'
import type { Subject } from './judge.ts'
import type { OrgView } from './view.ts'

const isTasks = (module: Module) => module.apiName === 'Tasks'

/** Contacts are named by `Who_Id`; what a task is about is a record of any other module with records of its own. */
const NOT_RELATED = ['Contacts', 'Tasks']

/** The field as it is meant in this call: what `What_Id` looks into is sent beside it, or was before. */
export function askedField({ module, before }: Subject, field: Field, input: JsonObject): Field {
  if (!isTasks(module)) return field
  return boundField(field, input[RELATED_MODULE] ?? before?.values[RELATED_MODULE])
}

/** Whose related module is missing, or is none (how Zoho words it is unverified). */
export function taskProblems({ module, before, path, view }: Subject, input: JsonObject): Problem[] {
  if (!isTasks(module)) return []
  const at = { api_name: RELATED_MODULE, json_path: `${path}.${RELATED_MODULE}` }
  const sent = input[RELATED_MODULE]
  if (sent === undefined || sent === null) {
    const isNamed = input.What_Id !== undefined && input.What_Id !== null
    return isNamed && textOf(before?.values[RELATED_MODULE]) === ''
      ? [mandatoryNotFound(at.api_name, at.json_path)]
      : []
  }
  return isRelatable(sent, view) ? [] : [invalidData(at)]
}

function isRelatable(name: unknown, view: OrgView): boolean {
  const module = typeof name === 'string' ? view.module(name) : undefined
  return module !== undefined && holdsRecords(module) && !NOT_RELATED.includes(module.apiName)
}

/** What is stored beside the fields. */
export function relatedOf({ module }: Subject, input: JsonObject): Record<string, Value> {
  const sent = input[RELATED_MODULE]
  return isTasks(module) && typeof sent === 'string' ? { [RELATED_MODULE]: sent } : {}
}

/** A task that is new has not been started; one that is completed tells when. */
export function calculatedTask(module: Module, record: StoredRecord, view: OrgView): StoredRecord {
  if (!isTasks(module)) return record
  const Status = record.values.Status ?? fieldOf(module, 'Status')?.pickList[0]?.actual ?? null
  const Closed_Time = Status === 'Completed' ? (record.values.Closed_Time ?? view.nowMs) : null
  return { ...record, values: { ...record.values, Status, Closed_Time } }
}
