import { defineSwitches, type Switches } from '../core/switches.ts'

/**
 * What the fact sheet marks unverified, each with the sheet's stated default first (zoho-crm.md 10), and a few settings
 * of the imagined org (edition, currencies) that a customer's org may have either way.
 */
const DEFINITIONS = {
  noopBumpsModified: { doc: '3.4: an update that changes nothing still moves Modified_Time', values: ['yes', 'no'] },
  modifiedSince: {
    doc: '3.1: rows modified in the very second of If-Modified-Since',
    values: ['exclusive', 'inclusive'],
  },
  missingIdGet: { doc: '3.2: GET of an id that never existed', values: ['204', '400'] },
  deletedGet: { doc: '3.2: GET of a deleted record', values: ['204', '400'] },
  emptyWithHeader: { doc: '3.1: no rows when If-Modified-Since was sent', values: ['304', '204'] },
  pageTokenMode: { doc: '3.1: how page_token continues while rows move', values: ['keyset', 'offset'] },
  unmentionedRows: { doc: '4.1: line rows that an update does not mention', values: ['kept', 'dropped'] },
  emptyLines: { doc: '4.1: [] sent as the line items', values: ['error', 'clears'] },
  percentDiscount: { doc: '4.1: a line discount like "5%"', values: ['stored', 'converted', 'rejected'] },
  sequenceNumber: { doc: '4.1: Sequence_Number sent on a row', values: ['ignored', 'writable'] },
  lineEditBumpsParent: { doc: '4.1: editing a row moves the parent Modified_Time', values: ['yes', 'no'] },
  rounding: { doc: '4.1: rounding of amounts', values: ['halfUp', 'halfEven'] },
  documentTaxBase: { doc: '4.1: base of the invoice-level tax', values: ['afterDiscount', 'beforeDiscount'] },
  unknownTaxName: { doc: '4.2: a Line_Tax that names no org tax', values: ['INVALID_DATA', 'ignored'] },
  alteredTaxRate: { doc: '4.2: a Line_Tax percentage other than the org one', values: ['overwritten', 'rejected'] },
  productTaxText: { doc: '4: text of Products.Tax', values: ['withPercentage', 'nameOnly'] },
  unknownPicklist: { doc: '9 trap 33: a value outside the pick list', values: ['INVALID_DATA', 'stored'] },
  unknownField: { doc: '3.3: a key that is no field', values: ['ignored', 'INVALID_DATA'] },
  bareLookupId: { doc: '3.4: a lookup sent as a bare id string', values: ['accepted', 'rejected'] },
  lookupToDeleted: { doc: 'how a lookup to a deleted record reads', values: ['null', 'kept'] },
  zuluInput: { doc: '3.14: a datetime that ends in Z', values: ['accepted', 'rejected'] },
  emoji: { doc: '3.14: four-byte characters in text', values: ['accepted', 'rejected'] },
  contactNameRule: { doc: '4: mandatory name of a contact', values: ['lastName', 'firstOrLast'] },
  accountNameUnique: { doc: '9 trap 15: an admin marked Account_Name unique', values: ['no', 'yes'] },
  binBlocksUnique: { doc: '9 trap 9: recycle bin rows block unique values', values: ['no', 'yes'] },
  duplicateDetails: { doc: '3.15: DUPLICATE_DATA shows the other record', values: ['full', 'reduced'] },
  upsertAllInsertStatus: { doc: '3.5: HTTP status of an upsert that only inserted', values: ['200', '201'] },
  upsertIdWins: { doc: '3.5: an id in an upsert record wins over field matching', values: ['yes', 'no'] },
  unmodifiedSince: { doc: '3.6: what fails If-Unmodified-Since', values: ['strictlyLater', 'sameSecond'] },
  batch412: { doc: '3.6: other elements of a batch with a 412', values: ['perElement', 'wholeBatch'] },
  singleWriteErrors: { doc: '3.15: bad id in PUT/DELETE /{module}/{id}', values: ['unwrapped', 'wrapped'] },
  mergeLoser: {
    doc: '3.7: type of the losing record of a merge in the deleted feed',
    values: ['recycle', 'permanent'],
  },
  conversionCarries: {
    doc: '3.7, 4 Leads: custom fields of one name in a conversion (an admin maps them, or nobody does)',
    values: ['standardOnly', 'sameName'],
  },
  convertedLeadWrite: { doc: '3.7: an update of a converted lead', values: ['CONVERTED_RECORD', 'accepted'] },
  stageForecastType: {
    doc: '4 Deals: where forecast_type tells which stage is won',
    values: ['everywhere', 'pipelineOnly', 'absent'],
  },
  stageOutsidePipeline: {
    doc: '3.15, 4 Deals: code of a stage that the pipeline has not',
    values: ['DEPENDENT_MISMATCH', 'INVALID_DATA', 'MAPPING_MISMATCH'],
  },
  dealPipeline: { doc: '4 Deals: a new deal without Pipeline', values: ['defaulted', 'mandatory'] },
  relinkedProduct: {
    doc: '3.15: a product linked to its deal once more',
    values: ['DUPLICATE_LINKING_DATA', 'SUCCESS'],
  },
  uniqueOnTasks: { doc: '5: a unique custom field of Tasks', values: ['SUCCESS', 'NOT_SUPPORTED'] },
  relationBumpsModified: { doc: '9 trap 22: a changed related list moves Modified_Time', values: ['no', 'yes'] },
  restoreBumpsModified: { doc: '3.7: a restore moves Modified_Time', values: ['no', 'yes'] },
  searchLag: { doc: '3.8: delay of the search index', values: ['30s', '0s', '5min'] },
  coqlOnSubform: { doc: '9 trap 1: COQL from Invoiced_Items works', values: ['off', 'on'] },
  coqlEquality: { doc: '3.9: = on text', values: ['caseInsensitive', 'caseSensitive'] },
  coqlConverted: { doc: '9 trap 23: COQL finds converted leads', values: ['included', 'excluded'] },
  coqlCost: { doc: '2.1: credits of a COQL call', values: ['byLimit', 'one'] },
  notifyApiWrites: { doc: '6.2: API writes notify watchers, also the writer', values: ['yes', 'no'] },
  notifyRestore: { doc: '6.2: a restore notifies as insert', values: ['yes', 'no'] },
  notifyConversion: { doc: '6.2: the conversion of a lead notifies as its update', values: ['update', 'none'] },
  callbackGrouping: { doc: '6.2: ids of one call in one callback', values: ['perCall', 'perRecord'] },
  callbackDelay: { doc: '6.3: virtual delay before a callback leaves', values: ['1s', '0s', '10s', '2min'] },
  channelsDieWithToken: { doc: '6.1: revoking a token ends the channels of its user', values: ['yes', 'no'] },
  allowLoopbackNotify: { doc: '6.1: notify_url may be http://localhost (demos)', values: ['off', 'on'] },
  watch429: { doc: '2.1: code of a 429 on /actions/watch', values: ['TOO_MANY_REQUESTS', 'RATE_LIMIT_EXCEEDED'] },
  oauthErrorStatus: { doc: '1.6: HTTP status of OAuth errors', values: ['200', '400'] },
  expiredToken: { doc: '7: answer to an expired token', values: ['INVALID_TOKEN', 'AUTHENTICATION_FAILURE'] },
  scopeMismatchStatus: { doc: '11: status of OAUTH_SCOPE_MISMATCH', values: ['401', '403'] },
  customModuleScope: {
    doc: '1.7: name of custom modules in record scopes',
    values: ['custom', 'either', 'byName'],
  },
  taxScope: { doc: '1.7: scope that reads /org/taxes', values: ['settings', 'org'] },
  strictHost: { doc: '0.1: a Host other than api_domain is INVALID_HOST', values: ['off', 'on'] },
  userLocation: { doc: '1.1: data centre of the consenting user', values: ['au', 'us'] },
  consent: { doc: 'the consent page asks, or approves by itself', values: ['page', 'auto'] },
  multiCurrency: { doc: '5: the org uses several currencies', values: ['on', 'off'] },
  currencyWhenOff: { doc: '9 trap 19: Currency sent to a single-currency org', values: ['ignored', 'INVALID_DATA'] },
  exchangeRate: { doc: '5: meaning of Exchange_Rate', values: ['foreignPerBase', 'basePerForeign'] },
  edition: {
    doc: '2.1: edition of the org',
    values: ['enterprise', 'free', 'standard', 'professional', 'ultimate'],
  },
  customModules: {
    doc: '5: whether the edition lets custom modules be created (free and standard do not)',
    values: ['byEdition', 'NOT_SUPPORTED', 'LIMIT_EXCEEDED'],
  },
  moduleCreatedStatus: { doc: '5: HTTP status of a created module', values: ['200', '201'] },
  fieldLabelLength: { doc: '5, 11: longest label of a new field', values: ['50', '25'] },
  latency: { doc: 'real milliseconds that every API call takes', values: ['0', '20', '150'] },
} as const

export type ZohoSwitch = keyof typeof DEFINITIONS
export type ZohoSwitches = Switches<ZohoSwitch>

export function createZohoSwitches(): ZohoSwitches {
  return defineSwitches<ZohoSwitch>(DEFINITIONS)
}
