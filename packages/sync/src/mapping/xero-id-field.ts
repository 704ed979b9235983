import type { FieldRule } from './contract.ts'
import { fieldRule, readOnlySide, zohoText } from './rule.ts'

/** Our unique cross-reference on the CRM record <- Xero's own id (R05c, R18c). No rule until the field is provisioned. */
export function xeroIdRules(module: string, apiName: string, xeroLabel: string, length = 50): readonly FieldRule[] {
  if (apiName === '') return []
  return [
    fieldRule({
      field: 'xeroId',
      label: { zoho: 'Xero ID', xero: xeroLabel },
      direction: 'xeroToZoho',
      policy: 'xero',
      isCrossReference: true,
      zoho: zohoText({ role: 'main', module, key: apiName, length }),
      xero: readOnlySide((view) => view.main?.id ?? null),
    }),
  ]
}
