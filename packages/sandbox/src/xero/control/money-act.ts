import type { Books } from '../model/books.ts'
import {
  allocateByHand,
  createCreditNote,
  createOverpayment,
  createPrepayment,
  editCreditNote,
  refundCredit,
  removeAllocation,
  voidByHand,
} from './credit-acts.ts'
import { createInvoiceByHand } from './invoice-acts.ts'
import type { MoneyAct } from './money-act-schema.ts'
import { createPurchaseOrder, createQuote, editPurchaseOrder, editQuote, setQuoteStatus } from './quote-acts.ts'

/** Goes through the same validation as the API. */
export function performMoneyAct(books: Books, deed: MoneyAct): unknown {
  switch (deed.action) {
    case 'createBill':
      return createInvoiceByHand(books, { ...deed.fields, Type: 'ACCPAY' })
    case 'createCreditNote':
      return createCreditNote(books, deed.fields)
    case 'editCreditNote':
      return editCreditNote(books, deed.id, deed.fields)
    case 'approveCreditNote':
      return editCreditNote(books, deed.id, { Status: 'AUTHORISED' })
    case 'voidCreditNote':
      return editCreditNote(books, deed.id, { Status: 'VOIDED' })
    case 'deleteCreditNote':
      return editCreditNote(books, deed.id, { Status: 'DELETED' })
    case 'allocateCredit':
    case 'allocatePrepayment':
    case 'allocateOverpayment':
      return allocateByHand(books, deed)
    case 'removeAllocation':
      return removeAllocation(books, deed.id)
    case 'refundCredit':
      return refundCredit(books, deed)
    case 'createPrepayment':
      return createPrepayment(books, deed.fields)
    case 'createOverpayment':
      return createOverpayment(books, deed.fields)
    case 'voidPrepayment':
      return voidByHand(books, books.prepayments, deed.id)
    case 'voidOverpayment':
      return voidByHand(books, books.overpayments, deed.id)
    case 'createQuote':
      return createQuote(books, deed.fields)
    case 'editQuote':
      return editQuote(books, deed.id, deed.fields)
    case 'setQuoteStatus':
      return setQuoteStatus(books, deed.id, deed.status)
    case 'createPurchaseOrder':
      return createPurchaseOrder(books, deed.fields)
    case 'editPurchaseOrder':
      return editPurchaseOrder(books, deed.id, deed.fields)
  }
}
