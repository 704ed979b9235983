/**
 * Every stable code that the engine can emit. Closed, so that a test can enumerate them and each has its text with
 * cause and fix (R65). Grouped by where they arise.
 */
export const CODES = [
  // connection
  'reconnectNeeded',
  'scopeMissing',
  'organisationUnreachable',
  'organisationChanged',
  'baseCurrencyChanged',
  'permissionMissing',
  'credentialsWrong',
  'moduleMissing',
  'fieldMissing',
  // remote trouble
  'rateLimited',
  'dayLimitReached',
  'remoteUnavailable',
  'remoteAnswerUnreadable',
  'remoteTimedOut',
  'connectionLost',
  'rowMissingInAnswer',
  // refusals of one record
  'contentRefused',
  'valueTooLong',
  'valueNotAllowed',
  'requiredValueMissing',
  'duplicateInTarget',
  'recordArchived',
  'recordGone',
  'recordLocked',
  'quoteLocked',
  'onlyFollows',
  'lockDate',
  'documentHasPayments',
  'statusNotAllowed',
  'accountNotValid',
  'taxNotValid',
  'currencyNotEnabled',
  'emailNotValid',
  // matching
  'ambiguousMatch',
  'nameTakenByStranger',
  'missingKey',
  'adoptedRecordGone',
  // mapping and money
  'unmappedTax',
  'unmappedStatus',
  'unmappedItem',
  'missingParent',
  'headerDiscount',
  'documentTax',
  'totalsDiffer',
  'tooManyPersons',
  'lineWithoutProduct',
  'accountNotChosen',
  'customerArchived',
  'onlineSaleContactMissing',
  'numberTaken',
  'dueDateMissing',
  'mappingInvalid',
  // guard rails
  'approvalNeeded',
  'tooManyCreates',
  'tooManyUpdates',
  'tooManyDeletes',
  'sameValueEverywhere',
  'tooManyAbsent',
  'sideEmpty',
  'pingPong',
  'syncSwitchedOff',
  // merge
  'bothSidesChanged',
  'targetDeleted',
  'beforeImageMoved',
] as const

export type Code = (typeof CODES)[number]
