import type { ReferenceData } from '../../model/reference.ts'
import { tidy } from '../clean-text.ts'
import { type FieldRule, holdFor, type Mapped, mapped } from '../contract.ts'
import { zohoField } from '../limits.ts'
import { asText, textAt } from '../record-fields.ts'
import { fieldRule, zohoText } from '../rule.ts'

/** Zoho's "Branding Theme" by name <-> BrandingThemeID (R05f). Empty is Xero's default theme. */
export function themeRules(apiName: string): readonly FieldRule[] {
  if (apiName === '') return []
  const zoho = zohoText({ role: 'main', module: 'Invoices', key: apiName, length: 255, clean: tidy })
  return [
    fieldRule({
      field: 'brandingTheme',
      label: { zoho: 'Branding Theme', xero: 'Branding theme' },
      policy: 'xero',
      zoho: {
        ...zoho,
        accept(other, context) {
          const name = themeName(asText(other), context.reference)
          const choices = zohoField(context.reference, 'Invoices', apiName)?.picklist ?? []
          if (name === '' || choices.length === 0 || choices.includes(name)) return zoho.accept(name, context)
          return holdFor('valueNotAllowed', `${apiName} of Zoho Invoices has no choice "${name}"`)
        },
      },
      xero: {
        role: 'main',
        read: (view) => (view.main === null ? null : textAt(view.main.fields, 'BrandingThemeID')),
        accept: (other, { reference }) => themeId(asText(other), { apiName, reference }),
        write: (value) => (value === '' || value === null ? {} : { BrandingThemeID: value }),
      },
      corresponds: (zohoName, xeroId, { reference }) => isSameTheme(asText(zohoName), asText(xeroId), reference),
    }),
  ]
}

function themeName(id: string, { xero }: ReferenceData): string {
  return tidy(xero.brandingThemes.find((theme) => theme.id === id)?.name ?? '')
}

function themeId(name: string, at: { readonly apiName: string; readonly reference: ReferenceData }): Mapped<string> {
  if (name === '') return mapped('')
  const found = at.reference.xero.brandingThemes.filter(
    (theme) => tidy(theme.name).toLowerCase() === name.toLowerCase(),
  )
  const [theme] = found
  if (theme !== undefined && found.length === 1) return mapped(theme.id)
  const problem = theme === undefined ? 'is no branding theme' : 'is the name of several branding themes'
  return holdFor('valueNotAllowed', `${at.apiName} of Zoho Invoices: "${name}" ${problem} of Xero`)
}

function isSameTheme(name: string, id: string, reference: ReferenceData): boolean {
  if (name === '')
    return id === '' || reference.xero.brandingThemes.some((theme) => theme.id === id && theme.sortOrder === 0)
  return themeName(id, reference).toLowerCase() === name.toLowerCase()
}
