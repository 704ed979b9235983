import type { Chance } from '@tandem/sandbox'
import type { Side } from '@tandem/sync/model/side.ts'
import { z } from 'zod'
import { type BothStates, readStates } from '../../rig/oracle-state.ts'
import { XERO_ORIGIN, ZOHO_ORIGIN } from '../../rig/origins.ts'
import type { SimulatedCompany } from '../company.ts'
import type { CreditBook } from '../credit-book.ts'
import { bare, type EditLedger, type Place } from '../edit-ledger.ts'
import type { LookWatch } from '../look-watch.ts'
import type { PaymentBook } from '../payment-book.ts'
import type { PurchaseBook } from '../purchase-book.ts'
import { noteInXero, type RemovalBook } from '../removal-book.ts'
import type { SalesBook } from '../sales-book.ts'
import { money, textAt } from '../sight.ts'
import type { TrackingBook } from '../tracking-book.ts'

/** Where people work: both systems' pages, and a notebook of what they typed. */
export interface Town {
  readonly chance: Chance
  readonly states: BothStates
  /** What a person does on a page; undefined when the system does not let them. */
  act(side: Side, deed: Deed): Promise<string | undefined>
  /** Types a value that stands nowhere else, and notes what it replaced. */
  type(side: Side, place: Place, write: (value: Value) => Deed | Promise<Deed>): Promise<boolean>
  /** Takes away what this record shows. */
  remove(side: Side, shown: unknown, deed: Deed): Promise<boolean>
  fresh(): Value
  readonly sales: SalesBook
  readonly removals: RemovalBook
  readonly payments: PaymentBook
  readonly purchases: PurchaseBook
  readonly credits: CreditBook
  readonly tracking: TrackingBook
  readonly nowMs: number
  /** The vendor does not move these records' versions for what was done to them (xero.md 2.6; zoho-crm.md 3.7). */
  unseen(ids: readonly string[]): void
}

export type Deed = Readonly<Record<string, unknown>> & { readonly action: string }

/** One unmistakable value, in every form that a field may need. */
export interface Value {
  readonly text: string
  readonly email: string
  readonly phone: { readonly zoho: string; readonly local: string }
  readonly price: string
  readonly quantity: number
  readonly date: string
  readonly needles: Readonly<Record<Place['field'], readonly string[]>>
}

export interface TownParts {
  readonly company: SimulatedCompany
  readonly chance: Chance
  readonly ledger: EditLedger
  readonly sales: SalesBook
  readonly removals: RemovalBook
  readonly payments: PaymentBook
  readonly purchases: PurchaseBook
  readonly credits: CreditBook
  readonly tracking: TrackingBook
  readonly looks: Pick<LookWatch, 'typed'>
  readonly counter: { next: number }
  now(): number
  trace(line: string): void
  /** See `World.blind`. */
  readonly blind: Set<string>
}

const answerSchema = z.object({
  ok: z.boolean(),
  result: z.looseObject({ id: z.string() }).optional().catch(undefined),
})

/** Looks at both systems as they are now. */
export async function enterTown(parts: TownParts): Promise<Town> {
  const states = await readStates(parts.company)
  const fresh = () => {
    parts.counter.next += 1
    return valueNumber(parts.counter.next)
  }
  const act: Town['act'] = async (side, deed) => {
    const { app } = parts.company[side]
    const origin = side === 'zoho' ? ZOHO_ORIGIN : XERO_ORIGIN
    const body = JSON.stringify(deed)
    const response = await app.fetch(new Request(`${origin}/__sandbox/act`, { method: 'POST', body }))
    const { ok, result } = answerSchema.parse(await response.json())
    parts.trace(`${side}: a person ${ok ? 'does' : 'may not'} ${body}`)
    if (deed.action === 'create' && result !== undefined) parts.looks.typed(result.id)
    if (ok && side === 'xero') noteInXero(parts.removals, deed, states.zoho)
    return ok ? (result?.id ?? '') : undefined
  }
  return {
    chance: parts.chance,
    states,
    sales: parts.sales,
    removals: parts.removals,
    payments: parts.payments,
    purchases: parts.purchases,
    credits: parts.credits,
    tracking: parts.tracking,
    nowMs: parts.now(),
    act,
    fresh,
    unseen(ids) {
      for (const id of ids) parts.blind.add(id)
    },
    async type(side, place, write) {
      const value = fresh()
      const before = textAt(states, { side, place })
      if ((await act(side, await write(value))) === undefined) return false
      if (before !== undefined) parts.ledger.replaced(before)
      parts.ledger.typed({ atMs: parts.now(), side, place, needles: value.needles[place.field] })
      return true
    },
    async remove(side, shown, deed) {
      if ((await act(side, deed)) === undefined) return false
      parts.ledger.replaced(JSON.stringify(shown))
      return true
    },
  }
}

const FIRST_DATE = Date.parse('2027-01-01T00:00:00Z')
const DAY_MS = 86_400_000

export function valueNumber(number: number): Value {
  const digits = String(number).padStart(4, '0')
  const text = `Qx${digits}z`
  const price = `1${digits}.${digits.slice(-2)}`
  const date = new Date(FIRST_DATE + (number % 700) * DAY_MS).toISOString().slice(0, 10)
  const email = `qx${digits}z@example.com`
  const quantity = 20_000 + number
  const texts = [bare(text)]
  // With and without the zero at its end: values are shown either way.
  const prices = [bare(money(price)), bare(String(Number(price)))]
  return {
    text,
    email,
    phone: {
      zoho: `+61 2 555${digits.slice(0, 1)} ${digits.slice(1)}0`,
      local: `555${digits.slice(0, 1)} ${digits.slice(1)}0`,
    },
    price,
    quantity,
    date,
    needles: {
      name: texts,
      city: texts,
      description: texts,
      email: [bare(email)],
      phone: [`555${digits}0`],
      price: prices,
      dueDate: [bare(date)],
      lines: [...texts, ...prices, String(quantity)],
      tracking: texts,
    },
  }
}
