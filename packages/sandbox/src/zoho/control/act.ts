import { z } from 'zod'
import type { ControlAnswer } from '../../core/control.ts'
import type { Credits } from '../limits/credits.ts'
import type { Grants } from '../oauth/grants.ts'
import type { World } from '../world.ts'
import { restoreRecord } from '../write/restore.ts'
import { type Action, actionSchema } from './act-schema.ts'
import { mergeAccounts } from './merge.ts'
import { bulkTouch, createByHand, deleteByHand, editByHand, type Person, personOf } from './person.ts'
import { performSale } from './sales-acts.ts'
import { found, told } from './told.ts'

export interface ActParts {
  readonly world: World
  readonly grants: Grants
  readonly credits: Credits
  /** Channels end with the grant, where the switch says so. */
  endAllChannels(): void
}

/** `POST /__sandbox/act`: what a person or an admin does inside the CRM, under the same validation as the API. */
export function act(parts: ActParts, body: unknown): ControlAnswer {
  const parsed = actionSchema.safeParse(body)
  return parsed.success ? perform(parts, parsed.data) : { ok: false, message: z.prettifyError(parsed.error) }
}

function perform(parts: ActParts, action: Action): ControlAnswer {
  const { world } = parts
  const person = personOf(world, 'userId' in action ? action.userId : undefined)
  switch (action.action) {
    case 'edit':
      return told(person, action.module, editByHand(person, action.module, { ...action.values, id: action.id }))
    case 'create':
      return told(person, action.module, createByHand(person, action.module, action.values))
    case 'delete':
      return told(person, action.module, deleteByHand(person, action.module, action.id))
    case 'restore':
      return found(restoreRecord(world, action.id, 'person') !== undefined, action.id)
    case 'purge':
      return found(world.bin.purge(action.id, world.second()), action.id)
    case 'merge':
      return mergeAccounts(person, action)
    case 'bulkTouch':
      return { ok: true, result: bulkTouch(person, action.module, action.count) }
    case 'addRow':
      return editRows(person, action, action.values)
    case 'editRow':
      return editRows(person, action, { ...action.values, id: action.rowId })
    case 'deleteRow':
      return editRows(person, action, { id: action.rowId, _delete: null })
    case 'setStage':
    case 'renameStage':
    case 'convertLead':
    case 'convertQuote':
    case 'convertOrder':
    case 'linkProduct':
    case 'unlinkProduct':
      return performSale(person, action)
    case 'revokeGrant':
      parts.grants.revokeAll()
      parts.endAllChannels()
      return { ok: true, result: {} }
    case 'removeScope':
      parts.grants.removeScope(action.scope)
      return { ok: true, result: {} }
    case 'setCredits':
      parts.credits.adjust(action)
      return { ok: true, result: { budget: parts.credits.budget(), remaining: parts.credits.remaining() } }
  }
}

function editRows(
  person: Person,
  target: { readonly module: string; readonly id: string },
  row: Record<string, unknown>,
): ControlAnswer {
  const lineField = person.world.module(target.module)?.lineField
  if (lineField === undefined) return { ok: false, message: `${target.module} has no line items` }
  const record = person.world.table(target.module).get(target.id)
  // A person's form holds every row, so the others are sent along: kept under either reading of the update rules.
  const others = (record?.rows ?? []).filter((one) => one.id !== row.id).map((one) => ({ id: one.id }))
  return told(
    person,
    target.module,
    editByHand(person, target.module, { id: target.id, [lineField]: [...others, row] }),
  )
}
