import type { HttpResponse } from '@tandem/sync/ports/network.ts'
import { Big } from 'big.js'
import { z } from 'zod'
import type { BothStates } from '../rig/oracle-state.ts'
import type { Call } from './wire.ts'

/** Credit that salespeople have put against invoices in the CRM, and what of it the books have taken from us. */
export interface CreditBook {
  /** By record of the CRM. */
  readonly asked: Map<string, Asked>
  /** By Xero's id of the allocation: an answer that is given again tells of the same one. */
  readonly made: Map<string, Made>
  /**
   * Of these, what a bookkeeper has taken back while no record of the CRM told of it yet: an allocation bears nothing of
   * ours and leaves no trace, so that nobody can tell it from one that was never made.
   */
  readonly unheard: Set<string>
}

/** Ids are the CRM's. */
export interface Asked {
  readonly noteId: string
  readonly invoiceId: string
  /** With two decimals. */
  readonly amount: string
  /** A credit note's: of what was paid ahead nothing may be sent. */
  readonly isSendable: boolean
}

/** Ids are Xero's. */
interface Made {
  readonly noteId: string
  readonly invoiceId: string
  readonly amount: string
}

export function createCreditBook(): CreditBook {
  return { asked: new Map(), made: new Map(), unheard: new Set() }
}

export function noteAsked({ asked }: CreditBook, recordId: string, of: Asked): void {
  asked.set(recordId, of)
}

const answerSchema = z.object({ Allocations: z.array(z.unknown()) })
const allocationSchema = z.object({
  AllocationID: z.string(),
  Amount: z.union([z.string(), z.number()]),
  Invoice: z.object({ InvoiceID: z.string() }),
  // A refused one.
  HasErrors: z.literal(false).optional(),
})

/** Xero has made an allocation for us, whether or not we ever hear of it. */
export function noteMade({ made }: CreditBook, { side, request, target }: Call, answer: HttpResponse): void {
  const noteId = /\/CreditNotes\/([^/?]+)\/Allocations/.exec(target)?.[1]
  if (side !== 'xero' || request.method !== 'PUT' || noteId === undefined || answer.status !== 200) return
  for (const row of answerSchema.parse(JSON.parse(answer.body)).Allocations) {
    const { data } = allocationSchema.safeParse(row)
    if (data === undefined) continue
    const { AllocationID, Amount, Invoice } = data
    made.set(AllocationID, { noteId, invoiceId: Invoice.InvoiceID, amount: new Big(Amount).toFixed(2) })
  }
}

/** What we have put against invoices beyond what anybody has asked for: invented, or a second time. */
export function allocatedUnasked(
  { asked, made, unheard }: CreditBook,
  states: BothStates,
): readonly { readonly text: string; readonly ids: readonly string[] }[] {
  const xeroIdOf = namedIn(states)
  const wanted = Map.groupBy(
    [...asked.values()].filter(({ isSendable }) => isSendable),
    (one) => keyOf({ ...one, noteId: xeroIdOf(one.noteId), invoiceId: xeroIdOf(one.invoiceId) }),
  )
  const told = [...made].filter(([id]) => !unheard.has(id))
  return [...Map.groupBy(told, ([, one]) => keyOf(one))].flatMap(([key, group]) => {
    const times = wanted.get(key)?.length ?? 0
    if (group.length <= times) return []
    const text = `credit ${key} was asked for ${times} times and allocated ${group.length} times`
    return [{ text, ids: group.flatMap(([id, one]) => [id, one.noteId, one.invoiceId]) }]
  })
}

function keyOf({ noteId, invoiceId, amount }: Made): string {
  return `${noteId} to ${invoiceId}: ${amount}`.toLowerCase()
}

/** Xero's id by that of the CRM, also of what lies in the recycle bin. */
function namedIn({ zoho }: BothStates): (id: string) => string {
  const { Invoices, XeroCreditNotes } = zoho.records
  const ids = new Map([
    ...zoho.deleted.map(({ record }) => [record.id, String(record.values.Xero_ID ?? '')] as const),
    ...[...Invoices, ...XeroCreditNotes].map((one) => [one.id, one.Xero_ID] as const),
  ])
  return (id) => ids.get(id) ?? ''
}

/** A bookkeeper has taken an allocation back. */
export function noteTakenBack({ made, unheard }: CreditBook, id: string, { zoho }: BothStates): void {
  const isTold = zoho.records.XeroPayments.some(({ Xero_ID }) => Xero_ID.endsWith(`:${id}`))
  if (made.has(id) && !isTold) unheard.add(id)
}
