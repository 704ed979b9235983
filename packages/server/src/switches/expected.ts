/** Where a fact that is the other way round rightly leaves something for a person. */
export interface Expected {
  /** `kind code` of inbox items beyond what the same company leaves with every switch at its default. */
  readonly holds: readonly string[]
  /** Crossings of the scenario that those holds rightly keep back. */
  readonly missing: readonly string[]
  /** The fact hides edits from lists: the sweep is what heals them. */
  readonly needsSweep?: true
  readonly reason: string
}

/** By `side.switch=value`. */
export const EXPECTED: Readonly<Record<string, Expected>> = {
  'zoho.lineEditBumpsParent=no': {
    holds: [],
    missing: [],
    needsSweep: true,
    reason: 'a row edit that leaves Modified_Time as it was shows in no list: the sweep compares values',
  },
  'zoho.emoji=rejected': {
    holds: ['contact valueNotAllowed'],
    missing: ['odd characters'],
    reason: 'a name that the CRM cannot hold is shown, not changed',
  },
  'xero.clearByEmptyString=ignored': {
    holds: ['contact contentRefused'],
    missing: ['a shorter address'],
    reason: 'nothing empties a text there: the line that stays is shown to a person',
  },
  'zoho.multiCurrency=off': {
    holds: ['invoice currencyNotEnabled'],
    missing: [],
    reason: 'documents in a foreign currency have no place in a single-currency org',
  },
}

/** Not facts about a remote but dials of the sandbox, or a part that this scenario does not walk through. */
export const SKIPPED: Readonly<Record<string, string>> = {
  'zoho.latency': 'a dial: real milliseconds per call',
  'zoho.consent': 'a dial: what the person does on the consent page',
  'zoho.userLocation': 'a dial: the data centre of the consenting user; the consent itself is tested elsewhere',
  'xero.responseDelayMs': 'a dial: real milliseconds per call',
  'xero.consent': 'a dial: what the person does on the consent page',
}
