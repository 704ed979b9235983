import { mappingMeaning } from '../../model/mapping-document.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { canonicalText, type Value } from '../../model/value.ts'
import { hasNumberInReference } from '../invoice/reference.ts'
import { zohoField } from '../limits.ts'
import { taxKeyOf } from '../tax-map.ts'

/** Raised when a canonical form or a table of the rules changes: shadows of older forms are no base any more. */
const RULES_VERSION = '1'

/**
 * Everything that changes what a canonical value means or corresponds to, as one stable text. Another text is another
 * generation: links are re-baselined, not seen as edited.
 */
export function mappingGeneration(settings: ConnectionSettings, reference: ReferenceData): string {
  const places = (module: string, field: string) => `${zohoField(reference, module, field)?.decimalPlaces ?? ''}`
  const meaning: Value = {
    rules: RULES_VERSION,
    customerModel: settings.customerModel,
    headerDiscount: settings.headerDiscount,
    swapAddresses: settings.swapAddresses,
    invoice: invoiceMeaning(settings),
    items: [settings.missingItems, settings.itemCodeCase],
    // In order: the first mapping of a TaxType is its inverse.
    taxes: settings.taxMap.map(({ zohoTaxIds, xeroTaxType }) => `${taxKeyOf(zohoTaxIds)}=${xeroTaxType}`),
    provisioned: fieldsOfRules(settings),
    ...(settings.kinds.quote.isOn ? { quotes: quotesOf(settings, places('Quoted_Items', 'List_Price')) } : {}),
    ...(settings.kinds.creditNote.isOn ? { creditNotes: { ...settings.provisioned.creditNote } } : {}),
    ...(settings.kinds.account.isOn ? { ledgerAccounts: { ...settings.provisioned.account } } : {}),
    ...(settings.kinds.bill.isOn ? { bills: billsOf(settings, places('Purchase_Items', 'List_Price')) } : {}),
    directions: directionsOf(settings),
    mapping: mappingMeaning(settings.mapping),
    places: [places('Products', 'Unit_Price'), places('Invoiced_Items', 'List_Price')],
    organisations: [reference.zoho.zgid, reference.xero.tenantId, reference.xero.shortCode],
  }
  return canonicalText(meaning)
}

/**
 * What a deal shows of its invoice is no value that is kept in step; what only one other kind has stands with it. Leads
 * have a reference of their own only since they are looked at, as tasks have: nobody else's base is any older for that.
 */
function fieldsOfRules({ provisioned }: ConnectionSettings): Value {
  const {
    xeroQuoteNumber: _ofQuotes,
    account: _ofLedger,
    creditNote: _ofCreditNotes,
    bill: _ofBills,
    ...rest
  } = provisioned
  const { Leads: _ofLeads, Tasks: _ofTasks, ...xeroId } = rest.xeroId
  return Object.fromEntries(
    Object.entries({ ...rest, xeroId, payment: paymentFieldsOf(rest.payment) }).filter(
      ([name]) => !name.startsWith('deal'),
    ),
  )
}

/** Fields that came later count once they are there: until then nothing is compared anew for their sake. */
function paymentFieldsOf(payment: ConnectionSettings['provisioned']['payment']): Value {
  return Object.fromEntries(
    Object.entries(payment).filter(([role, name]) => name !== '' || !['type', 'creditNote'].includes(role)),
  )
}

/** Nothing of quotes where they are off: a connection that has none is not compared anew for their sake. */
function quotesOf({ quoteStatusMap, provisioned }: ConnectionSettings, places: string): Value {
  const { toXero, toZoho } = quoteStatusMap
  return { toXero: { ...toXero }, toZoho: { ...toZoho }, number: provisioned.xeroQuoteNumber, places }
}

/** Nor of bills. Which orders become one changes no value that stands already. */
function billsOf({ bill, provisioned }: ConnectionSettings, places: string): Value {
  const taxes = bill.taxMap.map(({ zohoTaxIds, xeroTaxType }) => `${taxKeyOf(zohoTaxIds)}=${xeroTaxType}`)
  return { taxes, provisioned: { ...provisioned.bill }, places }
}

/** What is looked at with the create alone (arrival status, due date, numbering) changes no value that stands already. */
function invoiceMeaning({ invoice }: ConnectionSettings): Value {
  return {
    paidStatuses: [...invoice.paidStatuses].sort(),
    customer: invoice.customer,
    onlineSale: invoice.customer === 'onlineSale' ? { ...invoice.onlineSale } : null,
    numberInReference: hasNumberInReference({ invoice }),
  }
}

/** A field that was off and is on again has no base; who wins a conflict changes no meaning. */
function directionsOf({ fieldPolicies }: ConnectionSettings): Value {
  return Object.fromEntries(
    Object.entries(fieldPolicies).flatMap(([field, { direction }]) =>
      direction === undefined ? [] : [[field, direction]],
    ),
  )
}
