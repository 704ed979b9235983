/** A user of the org. The integration user is the one who consents; sales people edit by hand. */
export interface User {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly zuid: string
  readonly role: 'admin' | 'sales'
  readonly timeZone: string
}

export interface OrgTax {
  readonly id: string
  readonly name: string
  /** Per cent. */
  readonly value: number
}

export interface OrgCurrency {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly symbol: string
  /** Units of this currency for one of the base currency, decimal text. */
  readonly ratePerBase: string
}

export interface Org {
  readonly id: string
  readonly zgid: string
  readonly name: string
  readonly timeZone: string
  readonly users: readonly [User, ...User[]]
  readonly taxes: readonly OrgTax[]
  /** Base currency first. */
  readonly currencies: readonly [OrgCurrency, ...OrgCurrency[]]
  readonly createdMs: number
}

export function fullName(user: User): string {
  return `${user.firstName} ${user.lastName}`.trim()
}

export function userById(org: Org, id: string): User | undefined {
  return org.users.find((user) => user.id === id)
}

/** The person who edits by hand (zoho-crm.md 5: users); the first user is the integration. */
export function salesPerson(org: Org): User {
  return org.users.find((user) => user.role === 'sales') ?? org.users[0]
}
