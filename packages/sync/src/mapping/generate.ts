/** What is derived from the mapping: for connect, the settings pages and the engine's generations. */
export { flaggedModules } from './deleted-in-xero.ts'
export { dealFaults } from './generate/deal-faults.ts'
export { mappingGeneration } from './generate/generation.ts'
export { MOST_DUE_DAYS } from './generate/invoice-faults.ts'
export { requiredZohoFields } from './generate/required-fields.ts'
export { type SettingsFault, validateSettings } from './generate/settings-faults.ts'
export { suggestTaxMap, type TaxSuggestions, type UndecidedTax } from './generate/suggest-tax.ts'
