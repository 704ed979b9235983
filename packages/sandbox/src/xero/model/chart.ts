import { Big } from 'big.js'
import type { AccountClass, AccountRow, TaxRateRow } from './settings-rows.ts'

type AccountSeed = Pick<
  AccountRow,
  'code' | 'name' | 'type' | 'class' | 'taxType' | 'systemAccount' | 'enablePayments' | 'description'
>

const account = (code: string, name: string, kind: Omit<AccountSeed, 'code' | 'name'>): AccountSeed => ({
  code,
  name,
  ...kind,
})
const plain = (type: string, accountClass: AccountClass, taxType: string) => ({
  type,
  class: accountClass,
  taxType,
  systemAccount: '',
  enablePayments: false,
  description: '',
})
const system = (type: string, accountClass: AccountClass, systemAccount: string) => ({
  ...plain(type, accountClass, 'BASEXCLUDED'),
  systemAccount,
})

/** The plausible Australian chart of xero.md 9, and a few more that a picker must filter. */
export const AU_ACCOUNTS: readonly AccountSeed[] = [
  account('090', 'Business Bank', plain('BANK', 'ASSET', 'BASEXCLUDED')),
  account('091', 'Business Savings', plain('BANK', 'ASSET', 'BASEXCLUDED')),
  account('200', 'Sales', {
    ...plain('REVENUE', 'REVENUE', 'OUTPUT'),
    description: 'Income from any normal business activity',
  }),
  account('260', 'Other Revenue', plain('REVENUE', 'REVENUE', 'OUTPUT')),
  account('270', 'Interest Income', plain('REVENUE', 'REVENUE', 'EXEMPTOUTPUT')),
  account('310', 'Cost of Goods Sold', plain('DIRECTCOSTS', 'EXPENSE', 'INPUT')),
  account('400', 'Advertising', plain('EXPENSE', 'EXPENSE', 'INPUT')),
  account('404', 'Bank Fees', plain('EXPENSE', 'EXPENSE', 'EXEMPTEXPENSES')),
  account('453', 'Office Expenses', plain('EXPENSE', 'EXPENSE', 'INPUT')),
  account('610', 'Accounts Receivable', system('CURRENT', 'ASSET', 'DEBTORS')),
  account('630', 'Inventory', plain('INVENTORY', 'ASSET', 'BASEXCLUDED')),
  account('800', 'Accounts Payable', system('CURRLIAB', 'LIABILITY', 'CREDITORS')),
  account('820', 'GST', system('CURRLIAB', 'LIABILITY', 'GST')),
  account('860', 'Rounding', system('EXPENSE', 'EXPENSE', 'ROUNDING')),
  account('880', 'Owner A Drawings', { ...plain('EQUITY', 'EQUITY', 'BASEXCLUDED'), enablePayments: true }),
  account('960', 'Retained Earnings', system('EQUITY', 'EQUITY', 'RETAINEDEARNINGS')),
]

type TaxSeed = Omit<TaxRateRow, 'updatedMs' | 'status'>

const SALES: readonly AccountClass[] = ['ASSET', 'EQUITY', 'LIABILITY', 'REVENUE']
const PURCHASES: readonly AccountClass[] = ['ASSET', 'EQUITY', 'LIABILITY', 'EXPENSE']
const EVERYWHERE: readonly AccountClass[] = ['ASSET', 'EQUITY', 'EXPENSE', 'LIABILITY', 'REVENUE']
const ten = new Big('10')
const nil = new Big('0')

/** The eleven Australian tax rates of xero.md 4.9; six of them are 0 %, so none may be mapped by percentage. */
export const AU_TAX_RATES: readonly TaxSeed[] = [
  { id: 'OUTPUT', name: 'GST on Income', rate: ten, appliesTo: SALES },
  { id: 'INPUT', name: 'GST on Expenses', rate: ten, appliesTo: PURCHASES },
  { id: 'EXEMPTOUTPUT', name: 'GST Free Income', rate: nil, appliesTo: SALES },
  { id: 'EXEMPTEXPENSES', name: 'GST Free Expenses', rate: nil, appliesTo: PURCHASES },
  { id: 'EXEMPTEXPORT', name: 'GST Free Exports', rate: nil, appliesTo: SALES },
  { id: 'CAPEXINPUT', name: 'GST on Capital', rate: ten, appliesTo: PURCHASES },
  { id: 'EXEMPTCAPITAL', name: 'GST Free Capital', rate: nil, appliesTo: PURCHASES },
  { id: 'BASEXCLUDED', name: 'BAS Excluded', rate: nil, appliesTo: EVERYWHERE },
  { id: 'INPUTTAXED', name: 'Input Taxed', rate: nil, appliesTo: EVERYWHERE },
  { id: 'GSTONIMPORTS', name: 'GST on Imports', rate: nil, appliesTo: ['LIABILITY'] },
  { id: 'GSTONCAPIMPORTS', name: 'GST on Capital Imports', rate: nil, appliesTo: ['LIABILITY'] },
]
