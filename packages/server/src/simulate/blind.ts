import type { BothStates } from '../rig/oracle-state.ts'
import type { PurchaseBook } from './purchase-book.ts'

/** A person who was deleted may have been listed anew from the books, a product made from its item, before either came back. */
const TWIN_OTHERS =
  /^twice: (?:Zoho Contacts of one Xero ID|people of one company|Zoho Product made beside)[^:]*: (.*)$/
const TWINS =
  /^twice: Zoho (?:Accounts?|Invoices?|leads and companies|payments) (?:of one Xero ID|made beside one)[^:]*: (.*)$/

/**
 * A company or an invoice was in the recycle bin while we made its partner's, or while it was merged into the other, and a person has
 * brought it back: two stand there by that person's doing, and the inbox must name the one that came back too late.
 */
export function isTwinOfRestored(fault: string, waiting: ReadonlySet<string>, unseen: ReadonlySet<string>): boolean {
  const others = TWIN_OTHERS.exec(fault)?.[1]?.split(', ') ?? []
  if (others.some((id) => unseen.has(id))) return true
  const twins = TWINS.exec(fault)?.[1]?.split(', ') ?? []
  return twins.some((id) => unseen.has(id)) && twins.some((id) => waiting.has(id))
}

const ONE_BUSINESS = /^twice: contacts of one business .*: ([0-9a-f-]{36}), ([0-9a-f-]{36})$/

/**
 * A bookkeeper had merged or archived one of the two, so that the other took over what they are known by, and has
 * brought it back since: two stand there by that person's doing, and the inbox must name the one that came back.
 */
export function isPartedAgain(fault: string, waiting: ReadonlySet<string>, isBack: (id: string) => boolean): boolean {
  const [, ...ids] = ONE_BUSINESS.exec(fault) ?? []
  return ids.some((id) => isBack(id) && waiting.has(id))
}

const COMPANIES = /^twice: Zoho (?:Accounts|leads and companies) of one Xero ID [^:]*: (.*)$/

/**
 * A company that was merged into one, brought back, and merged into another: each of those that won has taken over its
 * Xero ID, by that person's doing, and the inbox must name one of them.
 */
export function areWinnersOfOne(
  fault: string,
  waiting: ReadonlySet<string>,
  mergedInto: ReadonlyMap<string, readonly string[]>,
): boolean {
  const twins = COMPANIES.exec(fault)?.[1]?.split(', ') ?? []
  const isOfOne = [...mergedInto.values()].some((winners) => twins.every((id) => winners.includes(id)))
  return isOfOne && twins.some((id) => waiting.has(id))
}

const OF_PEOPLE = /^contact (\d+) \/ [^:]*: (?:email|firstName|lastName|mobile|persons):/

/**
 * The company whose people a fault is about, if one of them was changed unseen (restored from the recycle bin, which
 * moves no version): the fault names the company alone.
 */
export function isOfUnseenPerson(fault: string, { zoho }: BothStates, unseen: ReadonlySet<string>): boolean {
  const company = OF_PEOPLE.exec(fault)?.[1]
  return zoho.records.Contacts.some((person) => person.Account_Name === company && unseen.has(person.id))
}

const WITHOUT_PEOPLE = /^contact (\d+) \/ [^:]*: (?:email|firstName|lastName|mobile|persons): "" in Zoho/

/** A company whose people went over to the winner of a merge, and which was brought back without them: blank never erases. */
export function isLeftByItsPeople(fault: string, unseen: ReadonlySet<string>): boolean {
  return unseen.has(WITHOUT_PEOPLE.exec(fault)?.[1] ?? '')
}

const ONE_SALE = /^twice: one sale, by its deal and by its Zoho Invoice: (.*)$/

/**
 * Whoever won the deal while its invoice lay in the recycle bin made a sale without one, as far as anybody could see: the
 * one that came back names the deal again. So does an invoice that was first planned while its deal lay there.
 */
export function isSaleOfBinned(fault: string, binned: ReadonlySet<string>): boolean {
  const ids = ONE_SALE.exec(fault)?.[1]?.split(', ') ?? []
  return ids.some((id) => binned.has(id))
}

const UNNAMED = /^deal (\d+) \/ [^:]*: deal named: "" in Zoho/

/** The CRM's invoice of a deal was made while the deal lay in the recycle bin: a record that is not there cannot be named. */
export function isOfBinnedDeal(fault: string, binned: ReadonlySet<string>): boolean {
  return binned.has(UNNAMED.exec(fault)?.[1] ?? '')
}

const STAYS = /^lost: Zoho \w+ \d+ stays although Xero has put ([0-9a-f-]{36}) away/

/** It had been put away before the two met: shown as what it is, and not recycled (docs/deletes.md). */
export function isOldNews(fault: string, endedUnmet: ReadonlySet<string>): boolean {
  return endedUnmet.has(STAYS.exec(fault)?.[1] ?? '')
}

const KEPT = /^lost: Zoho \w+ (\d+) stays although Xero has put/

/** A person has taken it out of the recycle bin: it is not put there once more. */
export function isKeptByPerson(fault: string, isBack: (id: string) => boolean): boolean {
  return isBack(KEPT.exec(fault)?.[1] ?? '')
}

const DUE_DATE = /^bill \d+ \/ ([0-9a-f-]{36}): dueDate:/

/** When a bill is due, its paper says: a bookkeeper who typed it last is not contradicted. */
export function isDatedInBooks(fault: string, datedInBooks: ReadonlySet<string>): boolean {
  return datedInBooks.has(DUE_DATE.exec(fault)?.[1] ?? '')
}

const UNNAMED_BILL = /^lost: Xero bill ([0-9a-f-]{36}) .*, which no purchase order names$/

/** Whoever deletes an order before it is told of its bill leaves one that nobody names, however it is numbered since. */
export function isOfBinnedOrder(fault: string, { firstNumbers, binnedUntold }: PurchaseBook): boolean {
  const number = firstNumbers.get(UNNAMED_BILL.exec(fault)?.[1] ?? '')
  return number !== undefined && binnedUntold.has(number)
}

const BECAME = /^lost: lead \d+ became (\d+), which names /

/**
 * The company that a lead had become was merged into another, so that the lead names that one, and came back by itself:
 * the lead's contact is its partner again.
 */
export function isBackFromWinner(
  fault: string,
  mergedInto: ReadonlyMap<string, readonly string[]>,
  isBack: (id: string) => boolean,
): boolean {
  const winner = BECAME.exec(fault)?.[1] ?? ''
  return [...mergedInto].some(([loser, winners]) => winners.includes(winner) && isBack(loser))
}
