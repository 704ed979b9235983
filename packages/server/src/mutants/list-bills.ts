import type { Mutant } from './mutant.ts'

const BILLS = 'packages/server/test/engine/bills.test.ts'
const BILL_RULES = 'packages/sync/src/mapping/bill/bill-mapping.test.ts'
const OTHER_ROLE = 'packages/sync/src/detect/other-role.test.ts'
const VENDORS = 'packages/server/test/engine/vendors.test.ts'
const VENDOR_RULES = 'packages/sync/src/mapping/vendor/vendor-mapping.test.ts'

/** Guards that suppliers and bills brought: two roles of one record, and purchases that are no sales. */
export const BILL_MUTANTS: readonly Mutant[] = [
  {
    name: 'bills-among-sales',
    guard: 'a bill of Xero is no record of the invoices, however it is asked for',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/remotes/xero/invoice-shape.ts',
        find: 'isOne: (fields) => fields.Type !== BILL_TYPE,',
        replace: '',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/remotes/xero/bills.test.ts', name: 'by id' }],
  },
  {
    name: 'bill-without-identity',
    guard: 'a bill whose create had no answer is asked for by our Url before it is made again',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/bill/bill-mapping.ts',
        find: '    identityLookup: billIdentity,\n',
        replace: '',
      },
    ],
    caughtBy: [
      { type: 'test', path: BILL_RULES, name: 'which is how it is asked for' },
      { type: 'test', path: BILLS, name: 'of an order with number null' },
    ],
  },
  {
    name: 'bill-taxed-as-a-sale',
    guard: 'the lines of a bill bear taxes and accounts of purchases',
    invariant: 'I11',
    patches: [
      {
        file: 'packages/sync/src/mapping/bill/as-purchase.ts',
        find: 'return { ...settings, taxMap, salesAccountCode: purchaseAccountCode }',
        replace: 'return purchaseAccountCode === taxMap[0]?.xeroTaxType ? { ...settings, taxMap } : settings',
      },
    ],
    caughtBy: [{ type: 'test', path: BILL_RULES, name: 'the tax of purchases' }],
  },
  {
    name: 'discount-on-a-bill',
    guard: 'a bill takes no discount: its price is what is left to pay',
    invariant: 'I11',
    patches: [
      {
        file: 'packages/sync/src/mapping/bill/bill-lines.ts',
        find: "target === 'xero' ? withoutDiscount(line) : mapped(line)",
        replace: 'mapped(line)',
      },
    ],
    caughtBy: [{ type: 'test', path: BILL_RULES, name: 'say the discount as a price' }],
  },
  {
    name: 'two-writers-of-a-contact',
    guard: 'a Xero contact that is a customer too is written by its company alone',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/mapping/vendor/vendor-mapping.ts',
        find: "if (context.partnerOf('xero', 'Contacts', main.id) === null) return WRITE",
        replace: "if (context.partnerOf('xero', 'Contacts', main.id) !== '') return WRITE",
      },
    ],
    caughtBy: [{ type: 'test', path: VENDOR_RULES, name: 'written by its company alone' }],
  },
  {
    name: 'supplier-becomes-customer',
    guard: 'a contact that was made for a vendor is no customer before something is sold to it',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/contact/contact-mapping.ts',
        find: ' || isMadeForVendor(record)',
        replace: '',
      },
    ],
    caughtBy: [{ type: 'test', path: VENDOR_RULES, name: 'no customer until' }],
  },
  {
    name: 'both-roles-made-at-once',
    guard: 'a new vendor waits while the Xero contact of a like company is on its way',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-chunk.ts',
        find: 'if (isAmong(input.waitingForOtherRole, candidate)) return waiting(candidate)',
        replace: '',
      },
    ],
    caughtBy: [{ type: 'test', path: VENDORS, name: 'get one contact in Xero' }],
  },
  {
    name: 'vendor-without-answer-forgotten',
    guard: 'a new company waits for a like vendor whose create has no answer yet',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/detect/other-role.ts',
        find: 'return links.filter(({ id }) => unsettled.has(id))',
        replace: 'return links.filter(({ id }) => id !== id && unsettled.has(id))',
      },
    ],
    caughtBy: [{ type: 'test', path: OTHER_ROLE, name: 'of whom the answer is to come' }],
  },
]
