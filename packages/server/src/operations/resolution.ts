import { otherSide, type Side } from '@tandem/sync/model/side.ts'
import { type Answer, answer, problem } from '../problem.ts'
import { inboxFacts, subjectOf } from '../views/inbox-facts.ts'
import type { InboxItemView } from '../views/report.ts'
import type { ResolutionRequest } from '../views/resolution.ts'

type LinkRequest = Extract<ResolutionRequest, { readonly type: 'link' }>

/** The item that a person means: its id, or the beginning of it that no other open item has. */
export function itemNamed(items: readonly InboxItemView[], wanted: string): Answer<InboxItemView> {
  const found = items.filter((item) => item.id === wanted || item.id.startsWith(wanted))
  const [first, second] = found
  if (first === undefined) return problem('notFound', `There is no open inbox item ${wanted}.`, SEE_THEM)
  if (second === undefined) return answer(first)
  const titles = found.slice(0, 3).map((item) => `${item.id} (${item.title})`)
  return problem('badInput', `Several items begin with ${wanted}: ${titles.join(', ')}.`, 'Write more of its id.')
}

const SEE_THEM = 'It may be settled already. See what is open with: tandem inbox.'
const NAMES: Readonly<Record<Side, string>> = { zoho: 'Zoho CRM', xero: 'Xero' }

/** Does this decision fit this item? What is linked is written out in full. */
export function fittingResolution(item: InboxItemView, request: ResolutionRequest): Answer<ResolutionRequest> {
  switch (request.type) {
    case 'choose':
      if (item.type === 'conflict') return answer(request)
      return problem('notPossible', `There are no two values to choose between: ${named(item)}.`, waysOf(item))
    case 'retry':
      if (item.type !== 'conflict') return answer(request)
      return problem('notPossible', `Trying again does not settle a conflict: ${named(item)}.`, waysOf(item))
    case 'chooseKey':
      if (item.code === 'productWithoutCode') return answer(request)
      return problem('notPossible', `Only a product without a code can be given one: ${named(item)}.`, waysOf(item))
    case 'delete':
      if (waitsForDelete(item)) return answer(request)
      return problem('notPossible', `No delete waits for your word here: ${named(item)}.`, waysOf(item))
    case 'link':
      return fittingLink(item, request)
    case 'detach':
      return answer(request)
  }
}

function fittingLink(item: InboxItemView, request: LinkRequest): Answer<ResolutionRequest> {
  const subject = subjectOf(item)
  if (item.type === 'conflict' || subject === undefined) {
    return problem('notPossible', `Both sides of this one are linked already: ${named(item)}.`, waysOf(item))
  }
  if (subject.side === request.side) {
    const other = otherSide(request.side)
    const title = `This ${item.kind} is itself in ${NAMES[request.side]}.`
    return problem('badInput', title, `Name its partner in ${NAMES[other]}: link ${other}:ID.`)
  }
  const { candidates } = inboxFacts(item)
  const meant = candidates.filter((one) => one.side === request.side && one.remoteId.startsWith(request.remoteId))
  const [candidate] = meant
  if (candidate?.isLinked === true) {
    const title = `${NAMES[request.side]} "${candidate.title || candidate.remoteId}" belongs to another pair already.`
    return problem('notPossible', title, 'Keep this one out (detach), or rename it and save; a record has one partner.')
  }
  if (candidate !== undefined && meant.length === 1) return answer({ ...request, remoteId: candidate.remoteId })
  if (ID_SHAPES[request.side].test(request.remoteId)) return answer(request)
  const fix = request.side === 'xero' ? 'Xero ids look like 1f6f6a52-…, in full.' : 'Zoho ids are digits only, in full.'
  return problem('badInput', `"${request.remoteId}" is no id of a record in ${NAMES[request.side]}.`, fix)
}

const ID_SHAPES: Readonly<Record<Side, RegExp>> = {
  zoho: /^\d{6,}$/,
  xero: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
}

/** It goes in one system because it was deleted in the other, once a person says so (R12c). */
function waitsForDelete({ code }: InboxItemView): boolean {
  return code === 'deleteNeedsConsent' || code === 'targetDeleted'
}

/** What a person can do with an item, as `tandem inbox resolve ID …` takes it. */
export function waysOf(item: InboxItemView): string {
  if (item.type === 'conflict') return 'Possible are: choose zoho, choose xero, detach.'
  const code = item.code === 'productWithoutCode' ? 'code, ' : ''
  const deleted = waitsForDelete(item) ? 'delete, ' : ''
  return `Possible are: ${deleted}${code}link SIDE:ID, retry, detach.`
}

export function named(item: InboxItemView): string {
  return `${item.kind} "${item.title}" (${item.id.slice(0, 8)})`
}
