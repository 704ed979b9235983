import type { Mutant } from './mutant.ts'

/** Who is who, what is sold and how it is taxed: matching, merges, items, taxes. */
export const PARTY_MUTANTS: readonly Mutant[] = [
  {
    name: 'number-unchecked',
    guard: 'a business number joins two companies only if its check digits hold',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/contact/business-number.ts',
        find: '(weighted(digits, ABN_WEIGHTS) - 10) % 89 === 0',
        replace: "digits !== ''",
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/customers-matched.test.ts',
        name: 'a mistyped number joins nobody',
      },
    ],
  },
  {
    name: 'number-not-asked-for',
    guard: 'outside of a whole sync a contact is looked for by its business number',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/contact/contact-keys.ts',
        find: "...numbers.flatMap(writtenForms).flatMap((form) => ask('Contacts', 'TaxNumber', form)),",
        replace: '',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/customers-matched.test.ts',
        name: 'is the contact with 51824753556',
      },
    ],
  },
  {
    name: 'free-mail-is-a-domain',
    guard: 'the domain of a mail provider says nothing about a company',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/contact/match-keys.ts',
        find: "domain.includes('.') && !isFreeMail(domain)",
        replace: "domain.includes('.')",
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/server/test/engine/customers-matched.test.ts', name: 'gmail.com joins nobody' },
    ],
  },
  {
    name: 'domain-without-names',
    guard: 'a domain joins two companies only if their names say the same',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/contact/contact-keys.ts',
        find: 'isCompany && isNameWithin(...names)',
        replace: 'isCompany',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/customers-matched.test.ts',
        name: 'of a group, with names that differ',
      },
    ],
  },
  {
    name: 'other-number-overlooked',
    guard: 'a mailbox joins nobody whose business numbers speak against it',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/contact/contact-keys.ts',
        find: 'if (haveOtherNumbers(numbersOf(left, context), numbersOf(right, context))) return false',
        replace: '',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/customers-matched.test.ts',
        name: 'whose numbers speak against it',
      },
    ],
  },
  {
    name: 'archived-beside-live',
    guard: 'what was archived is no partner while another in use carries the same key',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/plan/match.ts',
        find: 'return live.length > 0 ? live : entries',
        replace: 'return entries',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/customers-matched.test.ts',
        name: 'one in use with the same mailbox',
      },
    ],
  },
  {
    name: 'merge-not-followed',
    guard: 'a link goes on with the contact that took the place of its own',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/draw-up.ts',
        find: 'await withSurvivingMains(walk, walk.mapping(kind), given)',
        replace: 'proven',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/customers-followed.test.ts',
        name: 'the company follows it, with its documents',
      },
    ],
  },
  {
    name: 'merged-id-leads-nowhere',
    guard: 'the id of a merged contact leads to the one that took its place',
    invariant: 'I2',
    patches: [
      { file: 'packages/sync/src/detect/pools.ts', find: '    standInForMerged(mapping, byId[side])\n', replace: '' },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/server/test/engine/customers-followed.test.ts', name: 'with all shadows lost' },
    ],
  },
  {
    name: 'survivor-is-somebody-new',
    guard: "who takes a merged record's place in its link is matched with nobody else",
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-chunk.ts',
        find: 'survivor?.heldBy === null ? [key(',
        replace: "survivor?.heldBy === '' ? [key(",
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/plan/plan-chunk.test.ts', name: 'who takes the place' }],
  },
  {
    name: 'item-code-as-typed',
    guard: 'an item is looked for by its code whatever the letter case',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/remotes/xero/find.ts',
        find: "if (field === 'Code') return folded(left) === folded(right)",
        replace: '',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/items-and-taxes.test.ts',
        name: 'is found without a list of Xero too',
      },
    ],
  },
  {
    name: 'made-code-not-known',
    guard: 'a product without a code is known by the one that it would get',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/item/item-mapping.ts',
        find: "codeOf(record) || (record.side === 'zoho' ? madeCode(record.id) : '')",
        replace: 'codeOf(record)',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/mapping/item/item-mapping.test.ts',
        name: 'is known by the one that it would get',
      },
    ],
  },
  {
    name: 'described-product-replaced',
    guard: 'a Xero line without an item leaves the CRM its product where no items are made',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/mapping/invoice/line-write.ts',
        find: 'after.item === null && before.item !== null &&',
        replace: 'after.item !== null && before.item !== null &&',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/server/test/engine/items-and-taxes.test.ts', name: 'its edits cross both ways' },
    ],
  },
  {
    name: 'tax-hold-for-ever',
    guard: 'what waits for a tax goes on when that tax is mapped',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/detect/released.ts',
        find: 'return taxes.length > 0 && taxes.every((tax) => isMapped(tax, map, walk.reference))',
        replace: 'return taxes.length < 0 && map !== null',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/items-and-taxes.test.ts',
        name: 'mapped, they go on by themselves',
      },
    ],
  },
  {
    name: 'any-tax-releases',
    guard: 'what waits for a tax goes on with that very tax only',
    invariant: 'I4',
    patches: [
      {
        file: 'packages/sync/src/detect/released.ts',
        find: 'taxes.every((tax) => isMapped(tax, map, walk.reference))',
        replace: 'map !== null',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/items-and-taxes.test.ts',
        name: 'another tax mapped meanwhile',
      },
    ],
  },
  {
    name: 'wrong-account-type',
    guard: 'a ledger account is chosen for what its type can do',
    invariant: 'I11',
    patches: [
      {
        file: 'packages/sync/src/mapping/invoice/xero-faults.ts',
        find: 'return account.class === WORDS[use].class && ',
        replace: 'return ',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/mapping/item/item-mapping.test.ts',
        name: 'is refused when it is chosen',
      },
    ],
  },
  {
    name: 'tax-on-any-account',
    guard: 'a tax rate is put on a line only if its account can bear it',
    invariant: 'I11',
    patches: [
      {
        file: 'packages/sync/src/mapping/invoice/xero-faults.ts',
        find: 'if (rate.appliesTo.includes(account.class)) return null',
        replace: 'return null',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/mapping/invoice/xero-faults.test.ts',
        name: 'takes another rate only if',
      },
    ],
  },
  {
    name: 'left-company-forgotten',
    guard: 'a company that a person has left is looked at once more, whatever becomes of the write that follows',
    invariant: 'I7',
    patches: [
      {
        file: 'packages/sync/src/plan-things.ts',
        find: '  await markLeft(walk, kind, chunk)\n',
        replace: "  if (of.planId === '') await markLeft(walk, kind, chunk)\n",
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/persons-moved.test.ts',
        name: 'into the recycle bin, dead at savePlan',
      },
    ],
  },
]
