import { PAYMENT_TOKEN } from '../../model/op.ts'
import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { decimalValue } from '../../model/value.ts'
import {
  type CheckVerdict,
  type CreateExtras,
  type FieldRule,
  type KindMapping,
  type LastLook,
  type LinkContext,
  type Mapped,
  type MappingContext,
  mapped,
  type ParentRef,
  type SideView,
} from '../contract.ts'
import { asText, objectAt, textAt } from '../record-fields.ts'
import { GO } from '../verdicts.ts'
import { paymentAccount } from './payment-account.ts'
import { paymentEnded, paymentRemoval } from './payment-removal.ts'
import { linkIdIn, paymentToken, signedReference, withoutToken } from './payment-token.ts'
import { invoiceQuestion, isRecordingDue, paidXeroInvoice, recordingFaults, typedPayment } from './recorded-faults.ts'

/**
 * Payments that are typed in the CRM, recorded in Xero (R38a, a separate option): one call each, on an approved invoice,
 * into the chosen account. What the inner mapping makes of a CRM record by itself stays its own.
 */
export function withRecording(mapping: KindMapping, settings: ConnectionSettings): KindMapping {
  const signed = { ...mapping, fields: mapping.fields.map(withoutTokens), removal: paymentRemoval, ended: paymentEnded }
  if (!settings.kinds.payment.xero.create) return signed
  const isTyped = (main: RemoteRecord | null, context: MappingContext): main is RemoteRecord =>
    main !== null && main.side === 'zoho' && isLeftOver(mapping, main, context)
  return {
    ...signed,
    skip: (record, context) =>
      mapping.skip(record, context) ?? (isTyped(record, context) ? beforeStart(record, context) : null),
    crossReference: (record, context) => ownPayment(record) ?? mapping.crossReference(record, context),
    identityLookup: (target, linkId, context) =>
      target === 'xero'
        ? { collection: 'Payments', key: { field: PAYMENT_TOKEN, value: paymentToken(linkId) } }
        : (mapping.identityLookup?.(target, linkId, context) ?? null),
    parents: (view, context) => [
      ...mapping.parents(view, context),
      ...(isTyped(view.main, context) ? paidParents(view.main, context) : []),
    ],
    asks(view, partner, context) {
      const own = mapping.asks?.(view, partner, context) ?? []
      if (partner !== null || !isTyped(view.main, context)) return own
      const invoice = paidXeroInvoice(typedPayment(view.main, context.settings), context)
      const question = invoiceQuestion(invoice)
      return invoice === '' || context.answer(question) !== null ? own : [...own, question]
    },
    // What the preview shows beside its name.
    total: (record) =>
      record.side === 'zoho' ? typedPayment(record, settings).amount || null : (mapping.total?.(record) ?? null),
    createExtras: (target, source, context) =>
      target === 'xero' && isTyped(source.main, context)
        ? recordingExtras(source.main, context)
        : mapping.createExtras(target, source, context),
    check(intent, context): CheckVerdict {
      const { main } = intent.source
      if (intent.target === 'zoho' || !isTyped(main, context)) return mapping.check(intent, context)
      const [first, ...also] = recordingFaults(main, context)
      return first === undefined ? GO : { type: 'hold', ...first, also }
    },
    lastLook: LAST_LOOK,
  }
}

/** A CRM record of which nothing else becomes in Xero: the inner mapping refuses to make a payment of it. */
function isLeftOver(mapping: KindMapping, main: RemoteRecord, context: MappingContext): boolean {
  const view: SideView = { side: main.side, main, primary: null, persons: [] }
  const extras = mapping.createExtras('xero', view, { ...context, linkId: '' })
  return extras.type === 'hold'
}

/** What was noted in the CRM before this was switched on is in the books already, or nobody's business. */
function beforeStart({ createdAt }: RemoteRecord, { settings }: MappingContext): SkipReason | null {
  const { paymentsSince } = settings
  if (paymentsSince === '' || createdAt === null) return null
  return Date.parse(createdAt) < Date.parse(paymentsSince) ? 'beforeStartDate' : null
}

function ownPayment({ side, fields }: RemoteRecord) {
  const linkId = side === 'xero' ? linkIdIn(textAt(fields, 'Reference')) : null
  return linkId === null ? null : ({ type: 'link', linkId } as const)
}

function paidParents(main: RemoteRecord, { settings }: MappingContext): readonly ParentRef[] {
  const { invoice } = typedPayment(main, settings)
  return invoice === '' ? [] : [{ kind: 'invoice', side: 'zoho', collection: 'Invoices', remoteId: invoice }]
}

/** Everything that goes over the wire; what is missing of it was told by `check`. */
function recordingExtras(main: RemoteRecord, context: LinkContext): Mapped<CreateExtras> {
  const { settings, reference, linkId } = context
  const typed = typedPayment(main, settings)
  const account = paymentAccount(settings, reference.xero)
  if (account.type === 'hold') return account
  const { accountId, code, name } = account.value
  const InvoiceID = paidXeroInvoice(typed, context)
  const invoice = InvoiceID === '' ? undefined : context.answer(invoiceQuestion(InvoiceID))?.[0]
  return mapped({
    payload: {
      Invoice: { InvoiceID },
      Account: { AccountID: accountId },
      Date: typed.date,
      Amount: decimalValue(typed.amount === '' ? '0' : typed.amount),
      Reference: signedReference(typed.reference, linkId),
    },
    naturalKey: { field: PAYMENT_TOKEN, value: paymentToken(linkId) },
    expected: {
      Status: 'AUTHORISED',
      PaymentType: 'ACCRECPAYMENT',
      Account: { AccountID: accountId, Code: code, Name: name },
      Invoice: {
        InvoiceID,
        InvoiceNumber: textAt(invoice?.fields, 'InvoiceNumber'),
        CurrencyCode: textAt(invoice?.fields, 'CurrencyCode'),
      },
    },
  })
}

/** Read again although the plan has read it: a payment cannot be taken back by an edit (xero.md 4.6). */
const LAST_LOOK: LastLook = {
  refs(payload) {
    const remoteId = textAt(objectAt(payload, 'Invoice'), 'InvoiceID')
    return remoteId === '' ? [] : [{ side: 'xero', collection: 'Invoices', remoteId }]
  },
  isDue(payload, records, linkId) {
    const [invoice] = records
    return invoice !== undefined && isRecordingDue(payload, invoice, linkId)
  },
  waitsAs: { statusNotAllowed: 'paymentNotOpen' },
}

/** The token is ours: a person reads what was typed. */
function withoutTokens(rule: FieldRule): FieldRule {
  if (rule.field !== 'reference') return rule
  const read: FieldRule['xero']['read'] = (view, context) => {
    const value = rule.xero.read(view, context)
    return value === null ? null : withoutToken(asText(value))
  }
  return { ...rule, xero: { ...rule.xero, read } }
}
