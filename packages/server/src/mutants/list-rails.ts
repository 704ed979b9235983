import type { Mutant } from './mutant.ts'

const VERDICT = 'packages/sync/src/guard/verdict.ts'
const UNIT_VERDICT = 'packages/sync/src/guard/verdict.test.ts'

/** Guard rails, limits and tokens (I5, I6, I9). */
export const RAIL_MUTANTS: readonly Mutant[] = [
  {
    name: 'threshold-never-holds',
    guard: 'a plan over a threshold waits for a person',
    invariant: 'I9',
    patches: [{ file: VERDICT, find: 'if (count > allowed)', replace: 'if (count > allowed && count < 0)' }],
    caughtBy: [{ type: 'test', path: UNIT_VERDICT }],
  },
  {
    name: 'first-sync-without-approval',
    guard: 'first and historical syncs wait for approval of their preview (C16)',
    invariant: 'I9',
    patches: [
      {
        file: VERDICT,
        find: 'if (input.isApprovalCompulsory && input.opCount > 0) {',
        replace: 'if (input.isApprovalCompulsory && input.opCount < 0) {',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/pass.test.ts',
        name: 'holds its plan and writes nothing until it is approved',
      },
    ],
  },
  {
    name: 'no-quarantine',
    guard: 'a link that we keep rewriting is held: another tool writes it back',
    invariant: 'I5',
    patches: [
      {
        file: 'packages/sync/src/quarantine.ts',
        find: 'if (caught.size === 0) return chunk',
        replace: 'if (caught.size >= 0) return chunk',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/quarantine.test.ts' }],
  },
  {
    name: 'rounds-without-end',
    guard: 'a pass plans a limited number of rounds',
    invariant: 'I5',
    patches: [
      { file: 'packages/sync/src/pass.ts', find: 'round < ROUNDS_LIMIT;', replace: 'round < ROUNDS_LIMIT * 9;' },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/pass.test.ts', name: 'a pass plans at most' }],
  },
  {
    name: 'kill-switch-ignored',
    guard: 'with allowSync off no call leaves',
    invariant: 'I9',
    patches: [
      {
        file: 'packages/sync/src/open-walk.ts',
        find: 'if (!connection.settings.allowSync)',
        replace: 'if (connection.settings === undefined)',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/pass.test.ts',
        name: 'the kill switch stops a pass before its first call',
      },
    ],
  },
  {
    name: 'other-organisation-written',
    guard: 'a login that leads to another organisation stops the pass',
    invariant: 'I10',
    patches: [
      {
        file: 'packages/sync/src/open-walk.ts',
        find: 'if (value.zoho.zgid !== connection.zoho.zgid || value.xero.tenantId !== connection.xero.tenantId) {',
        replace: 'if (value.zoho.zgid !== connection.zoho.zgid && value.zoho.zgid === value.xero.tenantId) {',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/pass.test.ts', name: 'a login that leads to another organisation' },
    ],
  },
  {
    name: 'no-call-budget',
    guard: 'a call waits until the window of the remote has room',
    invariant: 'I6',
    patches: [
      {
        file: 'packages/sync/src/remotes/http/call-budget.ts',
        find: "if (surplus < 0) return { type: 'go' }",
        replace: "if (surplus < 0 || surplus >= 0) return { type: 'go' }",
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/remotes/http/limiter.test.ts' }],
  },
  {
    name: 'retry-after-ignored',
    guard: 'a throttled read waits as long as the remote says',
    invariant: 'I6',
    patches: [
      {
        file: 'packages/sync/src/detect/call.ts',
        find: 'return Math.max(outcome.retryAfterMs ?? 0, jittered)',
        replace: 'return jittered',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/detect/call.test.ts', name: 'honours Retry-After' }],
  },
  {
    name: 'tokens-without-claim',
    guard: 'one refresh of a login at a time, over all processes (R78)',
    invariant: 'I10',
    patches: [
      {
        file: 'packages/sync/src/store/memory/vault.ts',
        find: "if (row.claim !== null && row.claim.owner !== owner && row.claim.until > nowMs) return { type: 'busy' }",
        replace: '',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/test/store/memory.test.ts', name: 'one refresh at a time' }],
  },
  {
    name: 'plan-in-order-of-arrival',
    guard: 'subjects and candidates are planned in an order of their own',
    invariant: 'I12, I13',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-chunk.ts',
        find: 'const subjects = [...input.subjects].sort((a, b) => compare(a.link.id, b.link.id))',
        replace: 'const subjects = input.subjects',
      },
      {
        file: 'packages/sync/src/plan/plan-chunk.ts',
        find: '[...input.candidates].sort((a, b) => compare(candidateOrder(a), candidateOrder(b)))',
        replace: 'input.candidates.filter((a) => candidateOrder(a) !== null)',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/plan/plan-chunk.property.test.ts' }],
  },
  {
    name: 'quarantine-of-persons',
    guard: 'edits of a person are no ping-pong',
    invariant: 'I15',
    patches: [
      {
        file: 'packages/sync/src/quarantine.ts',
        find: 'linkIds.filter((id) => ours.has(id) && isPingPong',
        replace: 'linkIds.filter((id) => ours.size >= 0 && isPingPong',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/quarantine.test.ts', name: 'edits of a person are no ping-pong' },
    ],
  },
  {
    name: 'base-currency-not-watched',
    guard: 'another base currency behind the same login stops the pass',
    invariant: 'I11',
    patches: [
      {
        file: 'packages/sync/src/open-walk.ts',
        find: '(known.zoho.baseCurrency !== value.zoho.baseCurrency || known.xero.baseCurrency !== value.xero.baseCurrency)',
        replace: "known.zoho.baseCurrency === ''",
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/pass.test.ts', name: 'another base currency behind the same login' },
    ],
  },
  {
    name: 'old-refresh-token-given-up',
    guard: 'a refresh whose answer was lost is asked again with the old token (C11)',
    invariant: 'I10',
    patches: [
      {
        file: 'packages/sync/src/remotes/http/token-keeper.ts',
        find: "first.type === 'unknown' ? await refresh(known.tokens.refreshToken) : first",
        replace: 'first',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/remotes/http/token-keeper.test.ts',
        name: 'asks again with the old refresh token when the answer was lost',
      },
    ],
  },
  {
    name: 'forged-xero-webhook',
    guard: 'a Xero webhook is believed only with the signature of its raw bytes',
    invariant: 'I13',
    patches: [
      {
        file: 'packages/sync/src/remotes/xero/webhook.ts',
        find: 'return given.length === expected.length && timingSafeEqual(given, expected)',
        replace: 'return given.length === expected.length || timingSafeEqual(expected, expected)',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/remotes/xero/webhook.test.ts', name: 'refuses anything else' }],
  },
  {
    name: 'forged-zoho-callback',
    guard: 'a Zoho callback is believed only with the token of its channel',
    invariant: 'I13',
    patches: [
      {
        file: 'packages/sync/src/remotes/zoho/webhook.ts',
        find: 'if (!isSameSecret(textOf(body.token), expected.token))',
        replace: 'if (!isSameSecret(expected.token, expected.token))',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/remotes/zoho/webhook.test.ts', name: 'rejects a wrong token' }],
  },
]
