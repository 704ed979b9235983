import type { Op } from '@tandem/sync/model/op.ts'
import { allocationPairs } from '../rig/oracle-credit.ts'
import { dealBilledBy } from '../rig/oracle-deal.ts'
import { isRecordedByUs } from '../rig/oracle-recorded.ts'
import { type BothStates, readStates } from '../rig/oracle-state.ts'
import type { Course } from './course.ts'
import { CONNECTION_ID, type World } from './world.ts'

/** What a campaign must have met now and then, or it has shown nothing (the "sometimes" of Antithesis). */
export const SOMETIMES = [
  'conflictResolved',
  'recordAdopted',
  'unknownOpRecovered',
  'holdReleased',
  'quarantine',
  'rebaselined',
  'quoteAnswerShown',
  'dealWonTwice',
  'dealJoined',
  'creditShown',
  'leadFollowed',
  'paymentRecorded',
  'deleteToXero',
  'deleteToCrm',
  'deleteConsented',
  'billMade',
  'roleShared',
  'creditAllocated',
] as const
export type Sometimes = (typeof SOMETIMES)[number]

/** Where only one scenario has what it takes: a campaign without enough of its seeds cannot meet that. */
export const MET_IN: Readonly<Partial<Record<Sometimes, string>>> = {
  quarantine: 'robots',
  quoteAnswerShown: 'sold',
  dealWonTwice: 'sold',
  dealJoined: 'sold',
  creditShown: 'credited',
  leadFollowed: 'leads',
  paymentRecorded: 'recorded',
  deleteToXero: 'deleted',
  deleteToCrm: 'deleted',
  deleteConsented: 'deleted',
  billMade: 'supplied',
  roleShared: 'supplied',
  creditAllocated: 'credited',
}
export type Reached = Readonly<Record<Sometimes, number>>

export function reachedOf(countOf: (name: Sometimes) => number): Reached {
  return {
    conflictResolved: countOf('conflictResolved'),
    recordAdopted: countOf('recordAdopted'),
    unknownOpRecovered: countOf('unknownOpRecovered'),
    holdReleased: countOf('holdReleased'),
    quarantine: countOf('quarantine'),
    rebaselined: countOf('rebaselined'),
    quoteAnswerShown: countOf('quoteAnswerShown'),
    dealWonTwice: countOf('dealWonTwice'),
    dealJoined: countOf('dealJoined'),
    creditShown: countOf('creditShown'),
    leadFollowed: countOf('leadFollowed'),
    paymentRecorded: countOf('paymentRecorded'),
    deleteToXero: countOf('deleteToXero'),
    deleteToCrm: countOf('deleteToCrm'),
    deleteConsented: countOf('deleteConsented'),
    billMade: countOf('billMade'),
    roleShared: countOf('roleShared'),
    creditAllocated: countOf('creditAllocated'),
  }
}

export async function reachedIn(world: World, course: Course): Promise<Reached> {
  const { reports } = world.store
  const states = await readStates(world.company)
  const conflicts = await reports.conflicts(CONNECTION_ID, 10_000)
  const ops: Op[] = []
  for (const plan of await reports.plans(CONNECTION_ID)) ops.push(...(await reports.planOps(plan.id)))
  const lost = ops.filter((op) => op.state === 'superseded' && op.code === 'remoteTimedOut')
  return {
    conflictResolved: conflicts.filter((one) => one.winner !== null && one.policy !== 'firstLink').length,
    recordAdopted: await adopted(world, lost, ops),
    unknownOpRecovered: lost.length,
    holdReleased: course.desk.done.resolved.retry,
    quarantine: course.counters.quarantines,
    rebaselined: course.desk.done.rebaselined,
    quoteAnswerShown: ops.filter(showsAnAnswer).length,
    ...salesReached(world, states),
    ...moneyReached(states),
    ...deletesReached(world, ops),
    ...purchasesReached(states),
    creditAllocated: world.credits.made.size,
  }
}

/** A customer's yes, given in Xero, that we wrote into the CRM. */
function showsAnAnswer({ kind, side, state, changes }: Op): boolean {
  const isAnswer = changes.some(({ field, after }) => field === 'status' && after === 'Confirmed')
  return kind === 'quote' && side === 'zoho' && state === 'confirmed' && isAnswer
}

/** Deals that were won again and again and have one invoice; and deals billed by the invoice that a person had made. */
function salesReached({ sales }: World, { zoho, xero }: BothStates): Pick<Reached, 'dealWonTwice' | 'dealJoined'> {
  const us = zoho.org.users[0]?.id
  const billed = xero.invoices.map(dealBilledBy)
  const isJoined = (deal: BothStates['zoho']['records']['Deals'][number]) =>
    zoho.records.Invoices.some(
      (one) => one.Deal_Name__s === deal.id && one.Xero_ID === deal.Xero_Invoice_ID && one.Created_By.id !== us,
    )
  return {
    dealWonTwice: [...sales.wins].filter(([id, times]) => times > 1 && billed.filter((one) => one === id).length === 1)
      .length,
    dealJoined: zoho.records.Deals.filter((deal) => deal.Xero_Invoice_ID !== '' && isJoined(deal)).length,
  }
}

/** Credit that the CRM shows at an invoice, leads that became customers, and payments of the CRM in the books. */
function moneyReached(states: BothStates): Pick<Reached, 'creditShown' | 'leadFollowed' | 'paymentRecorded'> {
  const { Leads, Accounts, XeroPayments } = states.zoho.records
  const recorded = new Set(states.xero.payments.filter(isRecordedByUs).map(({ id }) => id))
  return {
    creditShown: allocationPairs(states).filter(({ books, crm }) => books !== null && crm.Paid_Invoice !== '').length,
    leadFollowed: Leads.filter(
      (lead) =>
        lead.Converted__s &&
        lead.Xero_ID !== '' &&
        Accounts.some((one) => one.id === lead.Converted_Account && one.Xero_ID === lead.Xero_ID),
    ).length,
    paymentRecorded: XeroPayments.filter((one) => recorded.has(one.Xero_ID)).length,
  }
}

/** Deletes of ours that the other side has carried out, or that the CRM flags; and those that a person had to agree to. */
function deletesReached(
  { removals }: World,
  ops: readonly Op[],
): Pick<Reached, 'deleteToXero' | 'deleteToCrm' | 'deleteConsented'> {
  const done = ops.filter((op) => op.state === 'confirmed')
  const deletes = done.filter(({ verb }) => verb === 'delete')
  const isFlag = ({ changes }: Op) => changes.some(({ field, after }) => field === 'deletedInXero' && after === true)
  return {
    deleteToXero: deletes.filter(({ side }) => side === 'xero').length,
    deleteToCrm: deletes.filter(({ side }) => side === 'zoho').length + done.filter(isFlag).length,
    deleteConsented: deletes.filter(({ remoteId }) => remoteId !== null && removals.agreed.has(remoteId)).length,
  }
}

/** Purchase orders with a bill in force; and businesses that are one contact in the books, a company and a vendor in the CRM. */
function purchasesReached({ zoho, xero }: BothStates): Pick<Reached, 'billMade' | 'roleShared'> {
  const { Accounts, Vendors, Purchase_Orders } = zoho.records
  const bills = new Set(xero.invoices.filter(({ type }) => type === 'ACCPAY').map(({ id }) => id))
  const companies = new Set(Accounts.map((one) => one.Xero_ID))
  return {
    billMade: Purchase_Orders.filter((one) => bills.has(one.Xero_ID)).length,
    roleShared: Vendors.filter((one) => one.Xero_ID !== '' && companies.has(one.Xero_ID)).length,
  }
}

/** Creates without an answer whose record was found and linked, not made again. */
async function adopted(world: World, lost: readonly Op[], ops: readonly Op[]): Promise<number> {
  let count = 0
  for (const op of lost.filter(({ verb, role }) => verb === 'create' && role === 'main')) {
    const isRepeated = ops.some(
      (other) =>
        other.linkId === op.linkId && other.verb === 'create' && other.role === 'main' && other.state === 'confirmed',
    )
    const link = await world.store.reports.link(op.linkId)
    const isThere = link?.parts.some((part) => part.side === op.side && part.role === 'main' && part.remoteId !== null)
    if (isThere === true && !isRepeated) count += 1
  }
  return count
}
