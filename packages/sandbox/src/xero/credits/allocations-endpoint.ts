import { runBatch } from '../api/batch.ts'
import type { ApiCall } from '../api/call.ts'
import { type ApiAnswer, jsonAnswer, notFound } from '../api/problem.ts'
import type { AllocationRow, CreditRow } from '../model/credit-rows.ts'
import { plainDateMs } from '../wire/dates.ts'
import { instant, money, type WireObject } from '../wire/json.ts'
import { allocate, unallocate } from './allocate.ts'
import { creditById, kindOf } from './credit.ts'

/** `/{CreditNotes|Prepayments|Overpayments}/{id}/Allocations[/{allocation id}]` (xero.md 4.5, 4.7). */
export function allocationsEndpoint(call: ApiCall, row: CreditRow): ApiAnswer {
  const allocationId = call.path[2]
  if (call.method === 'DELETE' && allocationId !== undefined) return removeAllocation(call, row, allocationId)
  if (call.method !== 'PUT' || allocationId !== undefined) throw notFound()
  return runBatch(call, {
    plural: 'Allocations',
    idKey: 'AllocationID',
    errorFlag: 'HasErrors',
    save: (fields) => {
      const { credit, made } = allocate(call.books, creditById(call.books, row.id) ?? row, fields)
      return { wire: { ...allocationWire(call, made), ...documentWire(credit), ValidationErrors: [] }, warnings: [] }
    },
  })
}

/** The answer is a bare object, no envelope (xero.md 4.5). */
function removeAllocation(call: ApiCall, row: CreditRow, allocationId: string): ApiAnswer {
  const removed = unallocate(call.books, row, allocationId.toLowerCase())
  if (removed === undefined) throw notFound()
  return jsonAnswer({
    AllocationId: removed.id,
    Date: instant(plainDateMs(removed.date)),
    Invoice: [{ InvoiceID: removed.invoiceId }],
    IsDeleted: true,
  })
}

export const allocationWires = (call: ApiCall, row: CreditRow): readonly WireObject[] =>
  row.allocations.map((allocation) => allocationWire(call, allocation))

/** The invoice inside is not expanded: its empty lists say nothing (xero.md 2.5). */
function allocationWire({ books }: ApiCall, allocation: AllocationRow): WireObject {
  const invoice = books.invoices.get(allocation.invoiceId)
  return {
    AllocationID: allocation.id,
    Amount: money(allocation.amount),
    Date: instant(plainDateMs(allocation.date)),
    Invoice: {
      InvoiceID: allocation.invoiceId,
      InvoiceNumber: invoice?.number,
      Payments: [],
      CreditNotes: [],
      Prepayments: [],
      Overpayments: [],
      HasErrors: false,
      IsDiscounted: false,
      LineItems: [],
    },
  }
}

function documentWire(row: CreditRow): WireObject {
  switch (kindOf(row)) {
    case 'creditNote':
      return { CreditNote: { CreditNoteID: row.id, ID: row.id, LineItems: [] } }
    case 'prepayment':
      return { Prepayment: { PrepaymentID: row.id, LineItems: [] } }
    case 'overpayment':
      return { Overpayment: { OverpaymentID: row.id, LineItems: [] } }
  }
}
