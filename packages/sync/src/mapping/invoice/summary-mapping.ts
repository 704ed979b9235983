import { type Collection, KIND_TRAITS } from '../../model/kind.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { isSummaryLinkId, type SummaryDay } from '../../model/summary.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import {
  holdFor,
  type KindMapping,
  type LineRules,
  type Lookup,
  type MappingContext,
  type Question,
  type SideView,
  type SummaryRules,
} from '../contract.ts'
import { dateInZone } from '../document/date-in-zone.ts'
import { plainDate } from '../plain-date.ts'
import { lookupIdAt, rowsAt, textAt } from '../record-fields.ts'
import { isPaidInCrm } from './arrival.ts'
import { keptNumber, recordUrl } from './numbering.ts'
import { invoiceQuestions, recordQuestion } from './questions.ts'
import { mayBeSummed, sendingOf } from './sending.ts'
import { summaryShown, summaryTold } from './summary-fields.ts'
import { isSummaryNumber, summaryNumber } from './summary-number.ts'
import { shareOf } from './summary-share.ts'
import { summarySource, summaryTitle } from './summary-source.ts'

const [INVOICES] = KIND_TRAITS.invoice.zoho
const COPY = 'It shows the number of a daily summary that it is no part of: clear that field if it is a copy'

/**
 * The rules of invoices, for daily summaries as well (R26). A summary in Xero is nobody's partner and comes into the CRM
 * as no invoice, whatever our own database still knows of it.
 */
export function withSummaries(mapping: KindMapping, settings: ConnectionSettings): KindMapping {
  const { lines } = mapping
  if (lines === null) return mapping
  const isSummary = (record: RemoteRecord | null, context: MappingContext) =>
    record?.side === 'xero' && isSummaryInXero(record, mapping, context)
  return {
    ...mapping,
    summaries: summaryRules(mapping, lines, settings),
    skip: (record, context) => mapping.skip(record, context) ?? (isSummary(record, context) ? 'daySummary' : null),
    matchKeys: (view, context) => (isSummary(view.main, context) ? [] : mapping.matchKeys(view, context)),
    suggestKeys: (view, context) => (isSummary(view.main, context) ? [] : mapping.suggestKeys(view, context)),
    parents: (view, context) => {
      const parents = mapping.parents(view, context)
      // Who bought is nobody's contact in the books; what was sold says which account it goes to.
      const isMember = view.main !== null && isToBeSummed(view.main, mapping, context)
      return isMember ? parents.filter(({ kind }) => kind === 'item') : parents
    },
    createExtras: (target, source, context) => {
      const isCopy = source.main?.side === 'zoho' && isSummaryNumber(keptNumber(source.main, context.settings))
      return isCopy ? holdFor('ambiguousMatch', COPY) : mapping.createExtras(target, source, context)
    },
  }
}

function summaryRules(mapping: KindMapping, rules: LineRules, settings: ConnectionSettings): SummaryRules {
  const { provisioned } = settings
  return {
    collection: INVOICES,
    isLookedAt: mayBeSummed(settings.invoice),
    dayOf: (invoice, context) => (isToBeSummed(invoice, mapping, context) ? dayOf(invoice, context) : null),
    dated: dayOf,
    isOver: ({ day }, { today }) => day < today,
    contextFor: (context) => ({ ...context, settings: forSummaries(context.settings) }),
    asks: summaryQuestions,
    share: (member, of, context) => shareOf(member, { rules, of, context }),
    isPaid: (member) => isPaidInCrm(textAt(member.fields, 'Status'), settings.invoice),
    source: summarySource,
    title: summaryTitle,
    lookups: summaryLookups,
    isMadeFor(found, { linkId, of }, context) {
      const reference = mapping.crossReference(found, context)
      if (reference?.type === 'link') return reference.linkId === linkId
      const isKnownByUrl = recordUrl(linkId, context.settings) !== ''
      return !isKnownByUrl && numberOf(found) === summaryNumber(of, linkId, context.settings)
    },
    linkOf(found, context) {
      const reference = mapping.crossReference(found, context)
      return reference?.type === 'link' && isSummaryLinkId(reference.linkId) ? reference.linkId : null
    },
    isUndone: (summary) => ['DELETED', 'VOIDED'].includes(textAt(summary.fields, 'Status')),
    shown: (member) => summaryShown(member, provisioned),
    told: summaryTold,
  }
}

/** One contact for all of them, and a number of our own: the CRM has none for it. */
function forSummaries(settings: ConnectionSettings): ConnectionSettings {
  return { ...settings, invoice: { ...settings.invoice, customer: 'onlineSale', numbering: 'crm' } }
}

/** Neither in Xero nor said to be, by a deal or by a number that somebody has typed. */
function isToBeSummed(invoice: RemoteRecord, mapping: KindMapping, context: MappingContext): boolean {
  if (!isSummed(invoice, context) || keptNumber(invoice, context.settings) !== '') return false
  if (mapping.crossReference(invoice, context) !== null || mapping.skip(invoice, context) !== null) return false
  return (mapping.deals?.dealOf(invoice, context) ?? null) === null
}

/** Made in the CRM while summaries were chosen. */
function isSummed(record: RemoteRecord | null, { settings }: MappingContext): boolean {
  if (record?.side !== 'zoho' || record.collection !== INVOICES) return false
  const field = settings.provisioned.xeroId.Invoices ?? ''
  const isPartner = field !== '' && textAt(record.fields, field) !== ''
  return !isPartner && sendingOf(record.createdAt, settings.invoice) === 'dailySummary'
}

/** Its own date, else the one on which it was made where the books are kept. */
function dayOf({ fields, createdAt }: RemoteRecord, { reference, today }: MappingContext): SummaryDay {
  const made = createdAt === null ? today : dateInZone(createdAt, reference.xero.timeZone)
  const day = plainDate(textAt(fields, 'Invoice_Date')) || made
  return { day, currency: textAt(fields, 'Currency') || reference.zoho.baseCurrency }
}

function summaryQuestions(view: SideView, _partner: SideView | null, context: MappingContext): readonly Question[] {
  if (view.main === null) return []
  const products = rowsAt(view.main.fields, 'Invoiced_Items').map((row) => lookupIdAt(row, 'Product_Name'))
  const items = products.flatMap((id) => (id === '' ? [] : (context.partnerOf('zoho', 'Products', id) ?? [])))
  return [
    ...invoiceQuestions(view, null, context),
    ...[...new Set(items)].filter((id) => !id.startsWith('@')).map((id) => recordQuestion('Items', id)),
  ].filter((question) => context.answer(question) === null)
}

function summaryLookups(linkId: string, of: SummaryDay, { settings }: MappingContext): readonly Lookup[] {
  const collection: Collection = 'Invoices'
  const url = recordUrl(linkId, settings)
  const number = summaryNumber(of, linkId, settings)
  return [
    { collection, key: { field: 'InvoiceNumber', value: number } },
    ...(url === '' ? [] : [{ collection, key: { field: 'Url', value: url } }]),
  ]
}

function isSummaryInXero(record: RemoteRecord, mapping: KindMapping, context: MappingContext): boolean {
  const reference = mapping.crossReference(record, context)
  return reference?.type === 'link' ? isSummaryLinkId(reference.linkId) : isSummaryNumber(numberOf(record))
}

function numberOf({ fields }: RemoteRecord): string {
  return tidy(decodeEntities(textAt(fields, 'InvoiceNumber')))
}
