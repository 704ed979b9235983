import { defineSwitches, type SwitchDefinition, type Switches } from '../core/switches.ts'

/** Facts that xero.md marks unverified or only reported: the first value is the sheet's stated behaviour. */
const DEFINITIONS = {
  contactNameCase: { doc: '4.1: are contact names unique regardless of case?', values: ['insensitive', 'sensitive'] },
  contactNameWhitespace: {
    doc: '4.1, 10.5: bad whitespace in a contact name is trimmed and collapsed, or refused',
    values: ['trimmed', 'rejected'],
  },
  clearByEmptyString: { doc: '10.5: does "" clear a stored text?', values: ['clears', 'ignored'] },
  archivedMatchOnCreate: {
    doc: '4.1: creating a contact with the name of an archived one is refused, or makes a second contact',
    values: ['refused', 'allowed'],
  },
  mergeBumpsSurvivor: { doc: '2.6: does a merge bump UpdatedDateUTC of the survivor?', values: ['no', 'yes'] },
  missingEmail: { doc: '4.1: a missing e-mail is an absent key or ""', values: ['omitted', 'emptyString'] },
  htmlEscapedNames: { doc: '7.14, 10.8: are names HTML-escaped in JSON?', values: ['raw', 'escaped'] },
  ifModifiedSinceBoundary: {
    doc: '10.11: a record updated exactly at If-Modified-Since is left out, or included',
    values: ['exclusive', 'inclusive'],
  },
  listLag: { doc: '7.24: lists lag behind writes by this many ms', values: ['0', '2000', '30000'] },
  unfilteredInvoices: {
    doc: '10.3: does an unfiltered invoice list include DELETED ones?',
    values: ['includeDeleted', 'excludeDeleted'],
  },
  pastTheEnd: { doc: '2.3: a page past the end is an empty list, or 404', values: ['empty', 'notFound'] },
  summarizeErrorsDefault: { doc: '5.2: measured true, the spec says false', values: ['true', 'false'] },
  unknownIdOnWrite: {
    doc: '4: an unknown id in a write is 404 for the request, or a refusal of the element',
    values: ['notFound', 'elementError'],
  },
  freedNumberReuse: {
    doc: '4.3, 10.4: may the number of a VOIDED or DELETED invoice, credit note or quote be used again?',
    values: ['refused', 'allowed'],
  },
  zeroTotalApproved: { doc: '4.3: an approved invoice of 0.00 becomes PAID at once', values: ['PAID', 'AUTHORISED'] },
  itemFillsDescription: { doc: '4.2: ItemCode fills a missing line Description', values: ['filled', 'left'] },
  usedItemDelete: {
    doc: '4.2, 10.6: deleting a used item leaves the text on documents, or is refused',
    values: ['keepsText', 'refused'],
  },
  itemCodeIdMismatch: {
    doc: '10.6: POST of an item whose Code and ItemID name different items: the id wins (a rename), or the code',
    values: ['idWins', 'codeWins'],
  },
  roundingHalves: { doc: '4.3: exact halves round away from zero, or to even', values: ['awayFromZero', 'toEven'] },
  lockDateRole: {
    doc: '4.11, 10.9: the connecting user is bound by both lock dates, or (adviser) only by the end of year one',
    values: ['both', 'endOfYearOnly'],
  },
  lockDateFormat: { doc: '10.9: the date inside lock-date errors', values: ['long', 'iso'] },
  paymentVerdicts: { doc: '5.2: does PUT Payments give per-element verdicts?', values: ['perElement', 'none'] },
  reconciledPaymentDelete: { doc: '4.6, 10.7: deleting a reconciled payment', values: ['refused', 'allowed'] },
  refundShownAs: {
    doc: "4.6: the refund of a credit note shows it under Invoice, with the note's type and id (as the spec's samples), or under CreditNote",
    values: ['invoice', 'creditNote'],
  },
  paymentBankAmount: { doc: '0: may a payment be sent by its BankAmount (reported)?', values: ['accepted', 'ignored'] },
  creditUseRaisesEvent: {
    doc: '6: does an allocation or refund raise an event of the credit note, prepayment or overpayment itself?',
    values: ['yes', 'no'],
  },
  quoteCreateAsSent: {
    doc: '4.4: creating a quote with Status SENT (shown in docs) is accepted, or refused',
    values: ['allowed', 'refused'],
  },
  quoteUpdateHead: {
    doc: '4.4: an update of a quote must send Contact and Date along (the examples do), or need not',
    values: ['required', 'optional'],
  },
  quoteOmittedTexts: {
    doc: '4.4: Reference, Terms, Title, Summary and ExpiryDate that an update leaves out are kept, or cleared (measured by one integrator)',
    values: ['kept', 'cleared'],
  },
  quoteItemTax: {
    doc: '4.2, 4.4: an ItemCode on a quote line leaves a missing TaxType empty, or fills it',
    values: ['left', 'filled'],
  },
  billedOrderDelete: { doc: '4.3: deleting a BILLED purchase order', values: ['refused', 'allowed'] },
  paymentRaisesInvoiceEvent: { doc: '6, 10.2: does a payment raise an INVOICE event?', values: ['yes', 'no'] },
  invalidClientStatus: { doc: '1.3: status of invalid_client', values: ['400', '401'] },
  scopeInTokenAnswer: { doc: '1.2: is `scope` in the answer of the code exchange?', values: ['present', 'absent'] },
  scopeCheckOrder: {
    doc: '9: is the scope checked before or after the rate limit?',
    values: ['beforeRateLimit', 'afterRateLimit'],
  },
  insufficientScopeSpelling: {
    doc: "1.6: Xero's own spelling has varied",
    values: ['insufficient_scope', 'insufficent_scope'],
  },
  appMinuteSpelling: { doc: '2.1: X-Rate-Limit-Problem of the app limit', values: ['appminute', 'app-minute'] },
  rateLimitBody: { doc: '2.1: body of a 429', values: ['empty', 'text'] },
  notFoundBody: { doc: '5.3: body of a 404', values: ['empty', 'text'] },
  intentProbes: { doc: '6: number of intent-to-receive probes', values: ['4', '2', '8'] },
  webhookSequenceScope: {
    doc: '6, 10.2: scope of event sequence numbers; `delivery` restarts them with every POST',
    values: ['app', 'tenant', 'delivery'],
  },
  webhookLatencyMs: { doc: '10.2: virtual ms from change to delivery', values: ['500', '0', '5000', '60000'] },
  responseDelayMs: {
    doc: 'real ms before each Accounting answer (not a fact: a dial)',
    values: ['0', '5', '50', '300'],
  },
  consent: { doc: 'what the person does on the consent page (not a fact: a dial)', values: ['auto', 'page', 'deny'] },
  allowLoopbackNotify: {
    doc: 'accept http and loopback webhook URLs, which Xero refuses (not a fact: a dial)',
    values: ['off', 'on'],
  },
} as const satisfies Record<string, SwitchDefinition>

export type XeroSwitch = keyof typeof DEFINITIONS
export type XeroSwitches = Switches<XeroSwitch>

export const createXeroSwitches = (): XeroSwitches => defineSwitches<XeroSwitch>(DEFINITIONS)
