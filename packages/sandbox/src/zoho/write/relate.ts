import type { ApiCall } from '../api/route.ts'
import { idText, isArray, isObject } from '../model/json.ts'
import type { Module } from '../model/modules.ts'
import type { User } from '../model/org.ts'
import type { StoredRecord } from '../model/record.ts'
import {
  type ApiAnswer,
  invalidData,
  limitExceeded,
  mandatoryNotFound,
  missingParam,
  type Problem,
  problemBody,
  refuse,
} from '../problem.ts'
import { type RelatedList, relationOf } from '../read/related.ts'
import type { World } from '../world.ts'
import { MOST_RECORDS, recordsOf } from './calls.ts'

/** `PUT /{module}/{id}/{related_list}` links records (zoho-crm.md 4 Deals); neither quantity nor price goes along. */
export function linkRelated(call: ApiCall, module: Module): ApiAnswer {
  const relation = linkedRelation(call, module)
  if ('status' in relation) return relation
  const data = recordsOf(call.body)
  if (!isArray(data)) return data
  const elements = data.map((raw, index) => {
    const path = `$.data[${index}].id`
    const id = isObject(raw) ? idText(raw.id) : undefined
    if (id === undefined) return mandatoryNotFound('id', path)
    return link({ ...relation, ...call }, { id, path }) ?? { id }
  })
  return answerOf(elements, 'relation added')
}

/** `DELETE /{module}/{id}/{related_list}?ids=`. */
export function unlinkRelated(call: ApiCall, module: Module): ApiAnswer {
  const relation = linkedRelation(call, module)
  if ('status' in relation) return relation
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '')
  if (ids.length === 0) return missingParam('ids')
  if (ids.length > MOST_RECORDS) return limitExceeded(MOST_RECORDS, 'ids')
  return answerOf(
    ids.map((id) => unlink({ ...relation, ...call }, id) ?? { id }),
    'relation removed',
  )
}

/** Lists of lookups are not written here: their records' own lookups are. */
function linkedRelation(call: ApiCall, module: Module): Relation | ApiAnswer {
  const relation = relationOf(call, module)
  if ('status' in relation || relation.list.kind === 'linked') {
    return 'status' in relation ? relation : { ...relation, module }
  }
  const message = 'the relation cannot be updated'
  return refuse(400, { code: 'CANNOT_BE_UPDATED', message, details: { resource_path_index: 2 } })
}

interface Relation {
  readonly module: Module
  readonly parent: StoredRecord
  readonly list: RelatedList
}

/** A relation, and who changes it where. */
export interface Relating extends Relation {
  readonly world: World
  readonly user: User
}

export function link(relating: Relating, child: { readonly id: string; readonly path: string }): Problem | undefined {
  const { world, parent, list } = relating
  if (world.table(list.module.apiName).get(child.id) === undefined) {
    return invalidData({ api_name: 'id', json_path: child.path }, 'the related id given seems to be invalid')
  }
  if (world.associations.link(parent.id, child.id)) return touched(relating)
  if (world.switches.is('relinkedProduct', 'SUCCESS')) return undefined
  const details = { linking_fields: [list.module.apiName], id: child.id }
  return { code: 'DUPLICATE_LINKING_DATA', message: 'the related record is already linked', details }
}

export function unlink(relating: Relating, childId: string): Problem | undefined {
  if (relating.world.associations.unlink(relating.parent.id, childId)) return touched(relating)
  return invalidData({ id: childId }, 'the related id given seems to be invalid')
}

/** Whether a changed related list moves the parent's Modified_Time is unverified (zoho-crm.md 9 trap 22). */
function touched(relating: Relating): undefined {
  const { world, module, parent, user } = relating
  if (world.switches.is('relationBumpsModified', 'no')) return
  world.save(module.apiName, { ...parent, modifiedMs: world.second(), modifiedBy: user.id })
}

function answerOf(elements: readonly (Problem | { readonly id: string })[], message: string): ApiAnswer {
  const data = elements.map((element) =>
    'code' in element ? problemBody(element) : { code: 'SUCCESS', details: element, message, status: 'success' },
  )
  const refused = elements.filter((element) => 'code' in element).length
  const status = refused === 0 ? 200 : refused === elements.length ? 400 : 207
  return { status, body: { data } }
}
