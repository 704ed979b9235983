/** Xero: no `<` `>`, no outer or double spaces, at most 255 characters (fact sheet Xero, section 4.1). */
export const XERO_NAME_LIMIT = 255
/** Zoho's `Account_Name` (fact sheet Zoho, section 4). */
export const ZOHO_NAME_LIMIT = 200

type Rewrite = (name: string) => string

/** Characters that either side takes: quotes, ampersands, accents, an emoji, other scripts, search syntax. */
const ODD_ON_BOTH: readonly Rewrite[] = [
  (name) => `O'Keefe & ${name}`,
  (name) => `Café Zoë ${name}`,
  (name) => `"${name}"`,
  (name) => `${name} 🐨`,
  (name) => `金龙 ${name} Đặng`,
  (name) => `${name} (Qld), 100% Größe + Söhne`,
]
/** Characters that only Zoho takes: Xero must hold or have them cleaned. */
const ODD_IN_ZOHO: readonly Rewrite[] = [
  (name) => `O'Keefe & ${name}`,
  (name) => `${name} <3 Kids`,
  (name) => `${name.replace(' ', '  ')}  & Daughters `,
  (name) => `${name} 🐨`,
  (name) => `"${name}" (Qld), 100% Größe + Söhne`,
  (name) => `Café Zoë ${name}`,
]
/** The same customer as a second person typed it: [in Zoho, in Xero]. */
const VARIANTS: readonly (readonly [Rewrite, Rewrite])[] = [
  [(name) => name, (name) => name.toUpperCase()],
  [(name) => `${withoutForm(name)} Pty Ltd`, (name) => withoutForm(name)],
  [(name) => `${withoutForm(name)} & Sons`, (name) => `${withoutForm(name)} and Sons`],
  [(name) => `${withoutForm(name)} Pty. Ltd.`, (name) => `${withoutForm(name)} PTY LTD`],
]

/** An odd name for a record of Xero or of both sides; `kind` walks through the kinds. */
export function oddNameForXero(name: string, kind: number): string {
  return (ODD_ON_BOTH[kind % ODD_ON_BOTH.length] ?? identity)(name)
}

/** An odd name for a record that is in Zoho only. */
export function oddNameForZoho(name: string, kind: number): string {
  return (ODD_IN_ZOHO[kind % ODD_IN_ZOHO.length] ?? identity)(name)
}

/** Zoho keeps double and outer spaces; Xero's user could not have typed them. */
export function spacedOutName(name: string): string {
  return `${name.replace(' ', '  ')} `
}

export function variantOf(name: string, kind: number): { zohoName: string; xeroName: string } {
  const [inZoho, inXero] = VARIANTS[kind % VARIANTS.length] ?? [identity, identity]
  return { zohoName: inZoho(name), xeroName: inXero(name) }
}

/** A legal person's full style, exactly `length` characters. */
export function longNameOf(name: string, length: number): string {
  const filler = ' as trustee for the superannuation, discretionary and family holdings of the said enterprise'
  let result = name
  while (result.length < length) result += filler
  return result.slice(0, length).trimEnd().padEnd(length, 'x')
}

/** The name as Xero would take it. */
export function cleanForXero(name: string): string {
  return name.replace(/[<>]/g, '').replace(/\s+/g, ' ').trim().slice(0, XERO_NAME_LIMIT).trim()
}

function withoutForm(name: string): string {
  return name.replace(/ Pty Ltd$/, '')
}

function identity(name: string): string {
  return name
}
