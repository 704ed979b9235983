import type { Mutant } from './mutant.ts'

const LEADS = 'packages/server/test/engine/leads.test.ts'
const CONVERTED = 'packages/server/test/engine/leads-converted.test.ts'
const MODELS = 'packages/server/test/engine/customer-models.test.ts'

/** Guards of leads (R13b) and of the change of the customer model (R13). */
export const LEAD_MUTANTS: readonly Mutant[] = [
  {
    name: 'conversion-not-followed',
    guard: 'a lead that is converted goes on as the customer that came of it',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/contact/contact-mapping.ts',
        find: 'convertedInto(record, settings) ?? ',
        replace: '',
      },
    ],
    caughtBy: [{ type: 'test', path: CONVERTED, name: 'is followed to its company and person' }],
  },
  {
    name: 'converted-customer-is-new',
    guard: 'leads are listed before a customer that is new in the CRM is planned: it may have been one of them',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/detect/leads.ts',
        find: 'if (walk.mapping(kind).lead === undefined || !looksAtLeads(settings)) return false',
        replace: 'if (looksAtLeads(settings)) return false',
      },
    ],
    caughtBy: [{ type: 'test', path: CONVERTED, name: 'told by the webhook of its' }],
  },
  {
    name: 'conversion-forgets-the-base',
    guard: 'what both sides agreed on of a lead is the base of the customer that it was copied to',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/merged-away.ts',
        find: 'survivor.keepsBase && old !== undefined ? baseOf(survivor, { link, old }, at.input) : {}',
        replace: '{}',
      },
    ],
    caughtBy: [{ type: 'test', path: CONVERTED, name: 'edits on both sides before anybody looked' }],
  },
  {
    name: 'lead-as-customer-of-an-invoice',
    guard: 'a document waits while its customer is a lead',
    invariant: 'I15',
    patches: [
      { file: 'packages/sync/src/detect/context.ts', find: '    if (isLeadLink(link)) continue\n', replace: '' },
    ],
    caughtBy: [{ type: 'test', path: CONVERTED, name: 'waits until the lead is converted' }],
  },
  {
    name: 'leads-become-customers-of-xero',
    guard: 'a lead of the CRM reaches Xero only by being converted',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/detect/things.ts',
        find: '    else if (isForerunner(mark.collection)) leads.push(mark)\n',
        replace: '',
      },
      {
        file: 'packages/sync/src/detect/things.ts',
        find: '!own.has(mark.collection)) outside',
        replace: '!own.has(mark.collection) && !isForerunner(mark.collection)) outside',
      },
    ],
    caughtBy: [{ type: 'test', path: LEADS, name: 'leads by themselves never reach Xero' }],
  },
  {
    name: 'one-successor-for-two-links',
    guard: 'of several links that find the same record in its place, one has it and the others wait for a person',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/detect/survivors.ts',
        find: '    holders.set(key, holder)\n',
        replace: '',
      },
    ],
    caughtBy: [{ type: 'test', path: MODELS, name: 'two persons of one company, and one of none' }],
  },
  {
    name: 'customer-model-unseen',
    guard: 'the customer model is changed only as a preview has shown it',
    invariant: 'I9',
    patches: [
      {
        file: 'packages/server/src/operations/model-guard.ts',
        find: 'if (settings.customerModel === wanted.customerModel) return null',
        replace: 'if (settings.customerModel !== undefined) return null',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/server/test/customer-model.test.ts', name: 'is refused unseen' }],
  },
  {
    name: 'lost-create-of-archived',
    guard: 'what a lost create has made is looked for although its source was archived meanwhile',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/detect/pools.ts',
        find: 'isPulledIn || mayExist || walk',
        replace: 'isPulledIn || walk',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/lost-answers.test.ts',
        name: 'one of Leads whose contact was merged away',
      },
    ],
  },
  {
    name: 'kept-apart-taken-over',
    guard: 'a company that a person keeps apart takes over no Xero contact when a lead is converted into it',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/detect/survivors.ts',
        find: "link.state === 'detached' || SIDES",
        replace: 'SIDES',
      },
    ],
    caughtBy: [{ type: 'test', path: CONVERTED, name: 'into a company that a person keeps apart' }],
  },
]
