import type { ArrivalStatus } from '../../model/invoice-settings.ts'
import { type Collection, KIND_TRAITS } from '../../model/kind.ts'
import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { tidy } from '../clean-text.ts'
import type { DealRules, KindMapping, Lookup, MappingContext } from '../contract.ts'
import { agreedStages } from '../quote/status.ts'
import { lookupIdAt, textAt } from '../record-fields.ts'
import { skipByLife } from '../verdicts.ts'
import { dealExtras } from './deal-create.ts'
import { shownOnDeal, toldToDeal } from './deal-fields.ts'
import { dealLookup } from './deal-lookup.ts'
import { dealSource } from './deal-source.ts'
import { invoiceNumber, recordUrl } from './numbering.ts'

const DEALS: Collection = 'Deals'
const [INVOICES] = KIND_TRAITS.invoice.zoho

/** The rules of invoices, for deals as well where these become invoices (R37); unchanged where that is switched off. */
export function withDeals(mapping: KindMapping, settings: ConnectionSettings): KindMapping {
  if (!settings.wonDeals.isOn) return mapping
  return {
    ...mapping,
    deals: dealRules(settings),
    skip: (record, context) => (isDeal(record) ? skipDeal(record, settings) : mapping.skip(record, context)),
    crossReference: (record, context) => (isDeal(record) ? null : mapping.crossReference(record, context)),
    matchKeys: (view, context) =>
      isDeal(view.main) ? numberKeys(view.main, context) : mapping.matchKeys(view, context),
    suggestKeys: (view, context) => (isDeal(view.main) ? [] : mapping.suggestKeys(view, context)),
    lookups: (target, view, context) =>
      isDeal(view.main) ? numberLookups(view.main, context) : mapping.lookups(target, view, context),
    furtherLookups: (view, isTaken, context) =>
      isDeal(view.main) ? [] : (mapping.furtherLookups?.(view, isTaken, context) ?? []),
    title: (record) => (isDeal(record) ? dealTitle(record) : mapping.title(record)),
    createExtras: (target, source, context) =>
      isDeal(source.main)
        ? dealExtras(source.main, { mapping, target, context })
        : mapping.createExtras(target, source, context),
  }
}

function isDeal(record: RemoteRecord | null): record is RemoteRecord {
  return record?.collection === DEALS
}

function dealRules(settings: ConnectionSettings): DealRules {
  const { provisioned, wonDeals, quoteStatusMap } = settings
  return {
    collection: DEALS,
    lookupField: dealLookup,
    dealOf(invoice, { reference }) {
      const field = invoice.side === 'zoho' && invoice.collection === INVOICES ? dealLookup(reference) : ''
      return field === '' ? null : lookupIdAt(invoice.fields, field) || null
    },
    isCancelled: (invoice) => textAt(invoice.fields, 'Status') === 'Cancelled',
    identity(linkId, context) {
      const value = recordUrl(linkId, context.settings)
      return value === '' ? null : { collection: 'Invoices', key: { field: 'Url', value } }
    },
    source: (deal, papers) => dealSource(deal, papers, agreedStages(quoteStatusMap)),
    contextFor: (context) => ({ ...context, settings: arrivingAs(wonDeals.status, context.settings) }),
    naming(dealId, { reference }) {
      const field = dealLookup(reference)
      return field === '' ? {} : { [field]: { id: dealId } }
    },
    shown: (deal) => shownOnDeal(deal, provisioned),
    told: toldToDeal,
  }
}

/** Neither paid nor unpaid: a deal says nothing of that. */
function arrivingAs(status: ArrivalStatus, settings: ConnectionSettings): ConnectionSettings {
  return { ...settings, invoice: { ...settings.invoice, arrivalStatus: { paid: status, unpaid: status } } }
}

/** A stage toggled before `since` counts for nothing: what was won then was billed otherwise, or never was to be. */
function skipDeal(deal: RemoteRecord, { wonDeals }: ConnectionSettings): SkipReason | null {
  const byLife = skipByLife(deal)
  if (byLife !== null) return byLife
  if (!wonDeals.stages.includes(textAt(deal.fields, 'Stage'))) return 'notWon'
  return wonDeals.since !== '' && Date.parse(deal.version) < Date.parse(wonDeals.since) ? 'beforeStartDate' : null
}

/** Its number alone is its identity: nobody else comes to it (see `dealNumber`). */
function numberKeys(deal: RemoteRecord, { settings }: MappingContext): readonly string[] {
  return [`number:${ownNumber(deal, settings).toLowerCase()}`]
}

function numberLookups(deal: RemoteRecord, { settings }: MappingContext): readonly Lookup[] {
  return [{ collection: 'Invoices', key: { field: 'InvoiceNumber', value: ownNumber(deal, settings) } }]
}

function ownNumber({ fields }: RemoteRecord, settings: ConnectionSettings): string {
  return invoiceNumber(textAt(fields, 'Invoice_Number'), settings)
}

/** Before it is a source it has its own name for it. */
function dealTitle({ fields }: RemoteRecord): string {
  return tidy(textAt(fields, 'Subject') || textAt(fields, 'Deal_Name'))
}
