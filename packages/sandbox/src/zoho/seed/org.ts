import type { Company } from '../../company/contract.ts'
import { wholeSecond } from '../model/instants.ts'
import type { Org, User } from '../model/org.ts'

const ZONE = 'Australia/Sydney'
const YEAR_MS = 365 * 86_400_000

export interface OrgSource {
  nextId(): string
  readonly nowMs: number
}

/** An Australian enterprise org with one integration user and two sales people, before a company is seeded. */
export function emptyOrg(source: OrgSource): Org {
  return {
    id: source.nextId(),
    zgid: '70012345678',
    name: 'Sandbox Pty Ltd',
    timeZone: ZONE,
    users: [
      user(source, { firstName: 'Sync', lastName: 'User', role: 'admin', zuid: '70099000001' }),
      user(source, { firstName: 'Sally', lastName: 'Nguyen', role: 'sales', zuid: '70099000002' }),
      user(source, { firstName: 'Bruce', lastName: 'Walker', role: 'sales', zuid: '70099000003' }),
    ],
    taxes: [{ id: source.nextId(), name: 'GST', value: 10 }],
    currencies: [
      { id: source.nextId(), code: 'AUD', name: 'Australian Dollar - AUD', symbol: '$', ratePerBase: '1' },
      { id: source.nextId(), code: 'USD', name: 'US Dollar - USD', symbol: 'US$', ratePerBase: '0.66' },
    ],
    createdMs: wholeSecond(source.nowMs - YEAR_MS),
  }
}

function user(source: OrgSource, who: Pick<User, 'firstName' | 'lastName' | 'role' | 'zuid'>): User {
  const email = `${who.firstName}.${who.lastName}@sandbox.example`.toLowerCase()
  return { ...who, id: source.nextId(), email, timeZone: ZONE }
}

/** The org as the company has it: name, taxes, currencies (zoho-crm.md 4.2, 5). */
export function orgOfCompany(org: Org, company: Company, nextId: () => string): Org {
  const currencies = company.currencies.map((currency) => ({
    id: nextId(),
    code: currency.code,
    name: `${currency.name} - ${currency.code}`,
    symbol: currency.symbol,
    ratePerBase: currency.ratePerBase,
  }))
  const [base, ...others] = currencies
  return {
    ...org,
    name: company.name,
    timeZone: company.timeZone,
    taxes: company.taxes.map((tax) => ({ id: nextId(), name: tax.zohoName, value: Number(tax.percentage) })),
    currencies: base === undefined ? org.currencies : [base, ...others],
  }
}
