import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import type { Value } from '../../model/value.ts'
import type { LineRules, LineValue, LinkContext } from '../contract.ts'
import type { Subform } from '../document/subform.ts'
import { createTaxMap } from '../tax-map.ts'
import { acceptLine, isSameLine, xeroDescription } from './line-accept.ts'
import { writeLines } from './line-write.ts'
import { readXeroLines } from './xero-lines.ts'
import { readZohoLines } from './zoho-lines.ts'

export function invoiceLines(settings: ConnectionSettings): LineRules {
  return documentLines(settings, 'Invoiced_Items')
}

/** The same rules for every document of sales; only the name of Zoho's rows differs. */
export function documentLines(settings: ConnectionSettings, subform: Subform): LineRules {
  const taxes = createTaxMap(settings)
  const accept = (target: Side, line: LineValue, context: LinkContext) =>
    acceptLine(target, line, { taxes, subform, context })
  return {
    read: (view, context) =>
      view.side === 'zoho' ? readZohoLines(subform, view, context) : readXeroLines(view, context),
    accept,
    corresponds(zoho, xero, context) {
      // The CRM's form of the Xero line first: it is the coarser one. A blank description says what its product says.
      const onZoho = accept('zoho', xero, context)
      const shown = zoho.description === '' ? { ...zoho, description: xeroDescription(zoho, xero.item) } : zoho
      if (onZoho.type === 'mapped' && isSameLine(onZoho.value, shown)) return true
      const onXero = accept('xero', zoho, context)
      return onXero.type === 'mapped' && isSameLine(onXero.value, xero)
    },
    write: (target, lines, context) => writeLines(target, lines, { taxes, subform, context }),
    toValue,
  }
}

/** Without what is only shown (names) or says the same twice (the percentage). */
function toValue({ item, description, quantity, unitPrice, discountAmount, tax, net }: LineValue): Value {
  return { item, description, quantity, unitPrice, discountAmount, tax, net }
}
