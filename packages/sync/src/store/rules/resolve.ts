import { isAllocationId } from '../../model/allocation.ts'
import type { Code } from '../../model/codes.ts'
import { COLLECTIONS, type Collection, type CustomerModel, collectionsOf } from '../../model/kind.ts'
import type { Link, LinkPart } from '../../model/link.ts'
import { mainPart, memberParts } from '../../model/link.ts'
import { LINK_TRANSITIONS, type LinkEvent } from '../../model/link-state.ts'
import type { RecordRef } from '../../model/record.ts'
import { SIDES } from '../../model/side.ts'
import { isValueList, isValueObject, type Value } from '../../model/value.ts'
import type { NewMark, Resolution } from '../contract.ts'
import type { HoldRow } from './inbox-row.ts'
import { refOf } from './taken.ts'

/** What a person's decision about a hold comes to. The store applies it in one transaction. */
export type HoldEffect =
  | { readonly type: 'notPossible' }
  | {
      readonly type: 'apply'
      /** null without a link: then `parts` make a new one. */
      readonly link: Link | null
      readonly parts: readonly LinkPart[]
      readonly event: LinkEvent | null
      /**
       * `renew`: plan these again as a person's wish. `chooseKey`: with a key of our choosing. `delete`: and delete. `drop`:
       * forget that they may have changed.
       */
      readonly marks: 'renew' | 'chooseKey' | 'delete' | 'drop'
      readonly refs: readonly RecordRef[]
    }

const NOT_POSSIBLE: HoldEffect = { type: 'notPossible' }

export function resolveHold(
  hold: HoldRow,
  link: Link | null,
  choice: { readonly resolution: Resolution; readonly customerModel: CustomerModel },
): HoldEffect {
  const { resolution } = choice
  switch (resolution.type) {
    case 'choose':
      return NOT_POSSIBLE
    case 'retry':
      return { type: 'apply', link, parts: [], event: reopening(link), marks: 'renew', refs: againOf(hold, link) }
    case 'chooseKey':
      if (hold.code !== 'productWithoutCode') return NOT_POSSIBLE
      return { type: 'apply', link, parts: [], event: reopening(link), marks: 'chooseKey', refs: againOf(hold, link) }
    case 'delete':
      return agreeToDelete(hold, link)
    case 'detach':
      return detach(hold, link)
    case 'link':
      return join(hold, link, { ...choice, side: resolution.side, remoteId: resolution.remoteId })
  }
}

/** Holds that end with a delete, once a person has agreed to it (R12c). */
const DELETE_CODES: readonly Code[] = ['deleteNeedsConsent', 'targetDeleted']

/** The word is kept on the marks: whoever changes the record that is still there renews its mark, and is asked again. */
function agreeToDelete(hold: HoldRow, link: Link | null): HoldEffect {
  const refs = link === null ? [] : SIDES.flatMap((side) => refOfMain(link, side) ?? [])
  if (!DELETE_CODES.includes(hold.code) || refs.length === 0) return NOT_POSSIBLE
  return { type: 'apply', link, parts: [], event: reopening(link), marks: 'delete', refs }
}

/** What the marks of these records say. */
export function reasonOf({ marks }: Extract<HoldEffect, { readonly type: 'apply' }>): NewMark['reason'] {
  return marks === 'chooseKey' || marks === 'delete' ? marks : 'person'
}

/** A lock is told beside a link that goes on, and owns no marks: all of the link is looked at again. */
function againOf(hold: HoldRow, link: Link | null): readonly RecordRef[] {
  return hold.refs.length > 0 || link === null ? hold.refs : link.parts.flatMap((part) => refOf(part) ?? [])
}

/** The event that opens a held or failed link again; null where its state needs none. */
export function reopening(link: Link | null): LinkEvent | null {
  if (link === null || (link.state !== 'held' && link.state !== 'failed')) return null
  const isWhole = refOfMain(link, 'zoho') !== undefined && refOfMain(link, 'xero') !== undefined
  return isWhole ? 'reopenedWhole' : 'reopenedHalf'
}

function refOfMain(link: Link, side: 'zoho' | 'xero'): RecordRef | undefined {
  const part = mainPart(link, side)
  return part === undefined ? undefined : refOf(part)
}

function detach(hold: HoldRow, link: Link | null): HoldEffect {
  if (link !== null && LINK_TRANSITIONS[link.state].detachedByPerson === 'Refused') return NOT_POSSIBLE
  const parts = link === null ? hold.refs.map(bareMain) : []
  if (link === null && parts.length === 0) return NOT_POSSIBLE
  return { type: 'apply', link, parts, event: 'detachedByPerson', marks: 'drop', refs: hold.refs }
}

/** These two are the same: the chosen record becomes the main part of its side. */
function join(
  hold: HoldRow,
  link: Link | null,
  choice: { readonly side: 'zoho' | 'xero'; readonly remoteId: string; readonly customerModel: CustomerModel },
): HoldEffect {
  const { side, remoteId } = choice
  const [main] = collectionsOf(hold.kind, side, choice.customerModel)
  // Whatever settles an invoice besides a payment stands elsewhere: asked for as a payment it would be refused (xero.md 2.4).
  const place = side === 'xero' && isAllocationId(remoteId) ? 'Allocations' : main
  const collection = namedCollection(hold.detail, remoteId) ?? place
  const chosen = { side, collection, remoteId }
  if (link === null) {
    const first = hold.refs.find((ref) => ref.side !== side)
    if (first === undefined) return NOT_POSSIBLE
    const parts = [bareMain(first), bareMain(chosen)]
    return { type: 'apply', link, parts, event: 'matched', marks: 'renew', refs: [first, chosen] }
  }
  const known = refOfMain(link, side)
  // A summary has members in the CRM, and no one record that would be the same.
  if (side === 'zoho' && memberParts(link).length > 0) return NOT_POSSIBLE
  const isOther = known !== undefined && known.remoteId !== remoteId
  if (isOther || LINK_TRANSITIONS[link.state].matched === 'Refused') return NOT_POSSIBLE
  return {
    type: 'apply',
    link,
    parts: [bareMain(chosen)],
    event: 'matched',
    marks: 'renew',
    refs: [...hold.refs, chosen],
  }
}

/** Where the hold says that this candidate stands, if it is not the kind's main collection (a lead). */
function namedCollection(detail: Value, remoteId: string): Collection | undefined {
  if (isValueList(detail)) return detail.map((one) => namedCollection(one, remoteId)).find((one) => one !== undefined)
  if (!isValueObject(detail)) return undefined
  if (detail.remoteId === remoteId) return COLLECTIONS.find((one) => one === detail.collection)
  return Object.values(detail)
    .map((one) => (one === undefined ? undefined : namedCollection(one, remoteId)))
    .find((one) => one !== undefined)
}

/** A main part of which nothing is known yet: the next plan baselines it. */
function bareMain({ side, collection, remoteId }: RecordRef): LinkPart {
  return { side, collection, remoteId, role: 'main', version: null, shadow: {} }
}
