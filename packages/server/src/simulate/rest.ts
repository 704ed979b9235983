import { faultsOf, judge, type Verdict } from '../rig/oracle.ts'
import { dealBilledBy } from '../rig/oracle-deal.ts'
import { type BothStates, readStates } from '../rig/oracle-state.ts'
import { writesOf } from '../rig/settle.ts'
import {
  areWinnersOfOne,
  isBackFromWinner,
  isDatedInBooks,
  isKeptByPerson,
  isLeftByItsPeople,
  isOfBinnedDeal,
  isOfBinnedOrder,
  isOfUnseenPerson,
  isOldNews,
  isPartedAgain,
  isSaleOfBinned,
  isTwinOfRestored,
} from './blind.ts'
import type { Course } from './course.ts'
import { allocatedUnasked } from './credit-book.ts'
import type { Edit } from './edit-ledger.ts'
import { missingEdits } from './lost-edits.ts'
import { billedUnasked } from './purchase-book.ts'
import { timesBack } from './removal-book.ts'
import { billedBesideQuotes } from './sales-book.ts'
import { strangeOptions } from './tracking-book.ts'
import { type Violation, violation } from './violation.ts'
import { CONNECTION_ID, type World } from './world.ts'

/** Longer than every settling time and every late write. */
const LULL_MS = 20 * 60_000
const DAY_MS = 24 * 60 * 60_000
const PAUSE_MS = 90_000
const PASSES_LIMIT = 40

export interface RestReport {
  readonly violations: readonly Violation[]
  readonly missing: readonly Edit[]
  readonly verdict: Verdict
}

/** People and faults have stopped: what late mail and late writes leave is worked off, then every promise is checked. */
export async function comeToRest(world: World, course: Course): Promise<RestReport> {
  // A lost answer to a token refresh is asked for again long before the old token dies (xero.md 1.3).
  await course.walk('pass.recover')
  await pause(world, PAUSE_MS)
  await course.walk('pass.lists')
  await pause(world, LULL_MS)
  if (world.scenario.post.dayLate > 0) await pause(world, DAY_MS)
  const violations: Violation[] = []
  // A crash may have cut the first sync short: only a person begins it anew.
  if (!(await world.connection()).firstSyncDone) await course.firstSync()
  const settled = await settle(world, course)
  if (settled !== 'quiet') violations.push(violation('I1', `not at rest after ${PASSES_LIMIT} passes: ${settled}`))
  const before = await judgeNow(world)
  let verdict = before
  if (faultsIn(world, before).length > 0) {
    // The sweep heals what versions cannot show (I7's exception); whatever else it heals was skipped.
    await course.walk('pass.sweep')
    await settle(world, course)
    verdict = await judgeNow(world)
    const seen = await readStates(world.company)
    const left = new Set(faultsIn(world, verdict))
    for (const fault of faultsIn(world, before)) {
      const isBlind = idsIn(fault).some((id) => world.blind.has(id)) || isOfUnseenPerson(fault, seen, world.blind)
      if (!left.has(fault) && !isBlind) violations.push(violation('I1', `only a sweep found: ${fault}`, idsIn(fault)))
    }
  }
  for (const fault of faultsIn(world, verdict))
    violations.push(violation(fault.startsWith('twice') ? 'I2' : 'I1', fault, idsIn(fault)))
  violations.push(...(await atRest(world, course)))
  const states = await readStates(world.company)
  violations.push(...billsOfNoSale(world, states), ...billsOfInvoicedQuotes(world, states))
  violations.push(...billsOfNoOrder(world, states), ...creditOfNobody(world, states))
  violations.push(...optionsOfNobody(world, states))
  const conflicts = await world.store.reports.conflicts(CONNECTION_ID, 10_000)
  return { violations, verdict, missing: missingEdits(world.ledger, { states, conflicts }) }
}

function judgeNow(world: World): Promise<Verdict> {
  return judge({
    ...world.company,
    store: world.store,
    connectionId: CONNECTION_ID,
    isRace: world.looks.isRace,
    settings: async () => (await world.connection()).settings,
  })
}

function pause(world: World, milliseconds: number): Promise<void> {
  return new Promise((resolve) => world.clock.schedule(milliseconds, resolve))
}

async function settle(world: World, course: Course): Promise<'quiet' | string> {
  let quiet = 0
  let last = 'nothing'
  for (let passes = 0; passes < PASSES_LIMIT; passes += 1) {
    await course.desk.reconnect()
    await course.desk.approve()
    await course.digest()
    const result = await course.walk('pass.lists')
    last = result?.type ?? 'nothing'
    const isQuiet = result?.type === 'done' && writesOf(result) === 0
    quiet = isQuiet ? quiet + 1 : 0
    if (quiet === 3) return 'quiet'
    const wait = result?.type === 'interrupted' ? Math.max(0, result.retryAt - world.clock.now()) : 0
    await pause(world, wait + PAUSE_MS)
  }
  return last
}

/** I4, I6 and I15 once nothing is left to do. */
async function atRest(world: World, course: Course): Promise<readonly Violation[]> {
  const violations: Violation[] = []
  const before = world.traffic.writes.zoho + world.traffic.writes.xero
  await course.walk('pass.lists')
  const wrote = world.traffic.writes.zoho + world.traffic.writes.xero - before
  if (wrote > 0) violations.push(violation('I4', `a pass with nothing dirty made ${wrote} writes`))
  const { refused, most } = world.traffic
  if (refused.zoho + refused.xero > 0)
    violations.push(violation('I6', `limits exceeded: ${refused.zoho} refusals by Zoho, ${refused.xero} by Xero`))
  if (most.xero > 5) violations.push(violation('I6', `${most.xero} calls at once at Xero`))
  return [...violations, ...(await openWork(world))]
}

/** I15: every op has ended, or its link is in the inbox. */
async function openWork(world: World): Promise<readonly Violation[]> {
  const inbox = new Set((await world.store.reports.inbox(CONNECTION_ID)).map((item) => item.linkId))
  const violations: Violation[] = []
  for (const plan of await world.store.reports.plans(CONNECTION_ID)) {
    for (const op of await world.store.reports.planOps(plan.id)) {
      if (!['intended', 'sent', 'unknown'].includes(op.state) || inbox.has(op.linkId)) continue
      if (op.state === 'intended' && plan.state === 'superseded') continue
      const ids = op.remoteId === null ? [] : [op.remoteId]
      violations.push(
        violation('I15', `op ${op.verb} ${op.side} "${op.title}" is ${op.state} (plan ${plan.state})`, ids),
      )
    }
  }
  return violations
}

function idsIn(text: string): readonly string[] {
  return text.match(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{15,}/g) ?? []
}

function faultsIn(world: World, verdict: Verdict): readonly string[] {
  const isBack = (id: string) => timesBack(world.removals, id) > 0
  return faultsOf(verdict).filter(
    (fault) =>
      !idsIn(fault).some((id) => world.apart.has(id)) &&
      !isTwinOfRestored(fault, verdict.waiting, world.blind) &&
      !isLeftByItsPeople(fault, world.blind) &&
      !isSaleOfBinned(fault, world.sales.binned) &&
      !isOfBinnedDeal(fault, world.sales.binned) &&
      !isKeptByPerson(fault, isBack) &&
      !isOldNews(fault, world.removals.endedUnmet) &&
      !isBackFromWinner(fault, world.removals.mergedInto, isBack) &&
      !areWinnersOfOne(fault, verdict.waiting, world.removals.mergedInto) &&
      !isPartedAgain(fault, verdict.waiting, isBack) &&
      !isOfBinnedOrder(fault, world.purchases) &&
      !isDatedInBooks(fault, world.purchases.datedInBooks),
  )
}

/** Nobody has ever brought these deals to the stage that is billed (R37). */
function billsOfNoSale({ sales }: World, states: BothStates): readonly Violation[] {
  return states.xero.invoices
    .filter((one) => dealBilledBy(one) !== '' && !sales.wins.has(dealBilledBy(one)))
    .map((one) => violation('I9', `${one.number} bills a deal that was never won`, [one.id, dealBilledBy(one)]))
}

/** Nobody has ever approved these orders (R10c). */
function billsOfNoOrder({ purchases }: World, states: BothStates): readonly Violation[] {
  return billedUnasked(purchases, states).map(({ orderId, billId }) =>
    violation('I9', `bill ${billId} is of order ${orderId}, which was never approved`, [orderId, billId]),
  )
}

function optionsOfNobody({ tracking }: World, states: BothStates): readonly Violation[] {
  return strangeOptions(tracking, states).map(({ text, ids }) => violation('I3', text, ids))
}

function creditOfNobody({ credits }: World, states: BothStates): readonly Violation[] {
  return allocatedUnasked(credits, states).map(({ text, ids }) => violation('I2', text, ids))
}

function billsOfInvoicedQuotes({ sales }: World, states: BothStates): readonly Violation[] {
  return billedBesideQuotes(sales, states).map(({ dealId, quoteId }) =>
    violation('I2', `deal ${dealId} is billed, and so is its quote ${quoteId}, in Xero`, [dealId, quoteId]),
  )
}
