import type { Mutant } from './mutant.ts'

const CONTACT = 'packages/sync/src/mapping/contact/contact-mapping.ts'
const PLAN_CHUNK = 'packages/sync/src/plan/plan-chunk.ts'
const PLAN_LINK = 'packages/sync/src/plan/plan-link.ts'
const SEND_BATCH = 'packages/sync/src/apply/send-batch.ts'

const NUMBERING = 'packages/server/test/engine/invoice-numbering.test.ts'

/** Guards of creates: nothing may stand twice (I2). */
export const CREATE_MUTANTS: readonly Mutant[] = [
  {
    name: 'no-natural-key',
    guard: 'creates of contacts carry an identity that the remote enforces (ContactNumber, Xero ID)',
    invariant: 'I2',
    patches: [
      {
        file: CONTACT,
        find: 'payload: { ContactNumber: value, ...personNames(source.main) }',
        replace: 'payload: { ...personNames(source.main) }',
      },
      { file: CONTACT, find: 'mapped({ payload: { [field]: source.main.id },', replace: 'mapped({ payload: {},' },
      {
        file: 'packages/sync/src/plan/create-fields.ts',
        find: "if (rule.direction !== 'both' && rule.direction !== flow) {",
        replace: "if ((rule.direction !== 'both' && rule.direction !== flow) || rule.isCrossReference) {",
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/server/test/engine/lost-answers.test.ts', name: 'a contact in Xero' },
      { type: 'test', path: 'packages/server/test/engine/lost-answers.test.ts', name: 'a company in Zoho' },
    ],
  },
  {
    name: 'no-probe-before-re-create',
    guard: 'a record whose create had no answer is looked for before it is created again',
    invariant: 'I2',
    patches: [
      {
        file: PLAN_CHUNK,
        find: 'const match = matchCandidate(candidate, input)',
        replace:
          "const match = candidate.linkId === null ? matchCandidate(candidate, input) : ({ type: 'create' } as const)",
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/pass.test.ts', name: 'the look of every minute, which lists nothing' },
    ],
  },
  {
    name: 'repetition-speaks-for-the-first',
    guard: 'a repetition that was not executed says nothing of the first request, which had no answer',
    invariant: 'I2',
    patches: [
      {
        file: SEND_BATCH,
        find: 'if (unheard !== undefined && wasNotExecuted(outcome)) return unheard',
        replace: '',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/apply/send-batch.test.ts', name: 'does not say that the first' },
    ],
  },
  {
    name: 'blind-retry',
    guard: 'a write without an answer is repeated only where the idempotency key makes that safe',
    invariant: 'I2',
    patches: [
      {
        file: SEND_BATCH,
        find: "of.first.side === 'xero' && isInTime && !isFinal(walk, of.first)",
        replace: 'isInTime && started >= 0',
      },
      {
        file: SEND_BATCH,
        find: 'remote.send(of.prepared, of.idempotencyKey)',
        replace: 'remote.send(of.prepared, walk.ports.chance.uuid())',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/apply/send-batch.test.ts' }],
  },
  {
    name: 'adopt-whatever-clashes',
    guard: 'only a record that carries our cross-reference is adopted when a unique key is taken',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/apply/judge.ts',
        find: 'if (found.some((record) => isInUse(record) && isOurs(walk, op, record))) {',
        replace: `const clash = row.remoteId ?? found[0]?.id ?? null
  if (clash !== null) {
    const taken = { type: 'ok', remoteId: clash, version: null, record: null, warnings: [] } as const
    return confirmedOutcome(walk, op, { row: taken, link: undefined })
  }
  if (found.some((record) => isOurs(walk, op, record))) {`,
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/apply/judge.test.ts', name: 'by a stranger that carries the same key' },
    ],
  },
  {
    name: 'upsert-instead-of-insert',
    guard: 'creates are plain inserts (Zoho POST, Xero PUT), never an upsert that may overwrite a stranger',
    invariant: 'I2, I3',
    patches: [
      {
        file: 'packages/sync/src/remotes/zoho/write.ts',
        find: 'body: encodeDecimalJson({ data, trigger: [] }),',
        replace:
          "...(verb === 'create' ? { path: '/' + collection + '/upsert' } : {}),\n    body: encodeDecimalJson({ data, trigger: [] }),",
      },
      {
        file: 'packages/sync/src/remotes/xero/prepare.ts',
        find: "method: verb === 'create' ? 'PUT' : 'POST',",
        replace: "method: 'POST',",
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/remotes/zoho/writing.test.ts', name: 'a create is a plain insert' },
      { type: 'test', path: 'packages/sync/src/remotes/xero/writing.test.ts' },
    ],
  },
  {
    name: 'planning-over-an-unsettled-create',
    guard: 'what an unanswered write may have made or changed is not planned until that write is settled',
    invariant: 'I2',
    patches: [
      {
        file: PLAN_CHUNK,
        find: 'if (input.unsettledLinkIds.has(linkIdOf(candidate, input))) return NOTHING',
        replace: '',
      },
      { file: PLAN_CHUNK, find: 'if (waitsForUnsettled(candidate, input)) {', replace: 'if (Math.abs(0) > 0) {' },
      { file: PLAN_LINK, find: 'if (input.unsettledLinkIds.has(link.id)) return NOTHING', replace: '' },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/plan/plan-chunk.test.ts' }],
  },
  {
    name: 'no-settle-time',
    guard: 'a write without an answer is left alone until the remote has either done it or never will',
    invariant: 'I2',
    patches: [
      {
        file: SEND_BATCH,
        find: 'return walk.ports.clock.now() + (areKeyed ? SETTLE_KEYED_MS : SETTLE_UNKEYED_MS)',
        replace: 'return walk.ports.clock.now() + (areKeyed ? 0 : 0)',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/apply/send-batch.test.ts' }],
  },
  {
    name: 'settle-too-early',
    guard: 'creates without a key that the remote enforces settle longer than keyed ones',
    invariant: 'I2',
    patches: [
      {
        file: SEND_BATCH,
        find: '(areKeyed ? SETTLE_KEYED_MS : SETTLE_UNKEYED_MS)',
        replace: '(areKeyed ? SETTLE_KEYED_MS : SETTLE_KEYED_MS)',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/apply/send-batch.test.ts' }],
  },
  {
    name: 'any-key-will-do',
    guard: 'a create settles as keyed only where it carries the very key that the remote enforces',
    invariant: 'I2',
    patches: [
      { file: SEND_BATCH, find: 'naturalKey?.field === enforcedKey', replace: 'naturalKey?.field !== undefined' },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/apply/send-batch.test.ts', name: 'nor does a key help' },
      { type: 'test', path: NUMBERING, name: 'is made anew only after its quarter of an hour' },
    ],
  },
  {
    name: 'identity-not-asked-for',
    guard: 'an unanswered create that carries no enforced key is asked for by its own identity',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/detect/look-up.ts',
        find: '    ...of.identities.filter((identity) => identity.target === target),\n',
        replace: '',
      },
    ],
    caughtBy: [{ type: 'test', path: NUMBERING, name: 'is found again by its Url' }],
  },
  {
    name: 'clash-with-linked-not-seen',
    guard: 'a number that another record has, linked or not, holds the create before it is sent',
    invariant: 'I2',
    patches: [{ file: 'packages/sync/src/plan/match.ts', find: '    clashOf(candidate, input) ??\n', replace: '' }],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/plan/match.test.ts', name: 'linked or not' },
      { type: 'test', path: NUMBERING, name: 'is held before anything is sent' },
    ],
  },
  {
    name: 'effect-before-intent',
    guard: 'the dispatch is on record before the call leaves (C5)',
    invariant: 'I7',
    patches: [
      {
        file: SEND_BATCH,
        find: '  await walk.lane.recordDispatch({',
        replace:
          '  const early = await sendSameBytes(walk, { first, prepared, idempotencyKey })\n  await walk.lane.recordDispatch({',
      },
      {
        file: SEND_BATCH,
        find: '  return sendSameBytes(walk, { first, prepared, idempotencyKey })',
        replace: '  return early',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/apply/send-batch.test.ts' }],
  },
  {
    name: 'create-what-exists-by-now',
    guard: 'a planned create is dropped when its partner exists by the time it is sent',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/apply/apply-plan.ts',
        find: "return op.verb === 'create' && op.role === 'main' && table.has(linkReference(op.linkId, op.side))",
        replace: 'return table.size < 0 && linkReference(op.linkId, op.side) === op.id',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/apply/apply-plan.test.ts',
        name: 'a create whose partner exists by now is dropped',
      },
    ],
  },
  {
    name: 'first-of-several-matches',
    guard: 'a natural key links only where exactly one record carries it on each side',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/plan/match.ts',
        find: 'there.length === 1 && here.length === 0',
        replace: 'there.length > 0',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/plan/match.test.ts' }],
  },
  {
    name: 'references-not-resolved',
    guard: 'nothing is sent that names a record which does not exist yet',
    invariant: 'I8',
    patches: [
      {
        file: 'packages/sync/src/apply/references.ts',
        find: "return first === undefined ? { type: 'resolved', op: resolved } : { type: 'missing', reference: first }",
        replace: "return first === null ? { type: 'missing', reference: '' } : { type: 'resolved', op: resolved }",
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/apply/references.test.ts' }],
  },
  {
    name: 'answer-in-two-links',
    guard: 'a created record that another link has already is shown to a person',
    invariant: 'I2, I15',
    patches: [
      {
        file: 'packages/sync/src/apply/record-answers.ts',
        find: 'if (rest.length > 0) {',
        replace: 'if (rest.length < 0) {',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/apply/apply-plan.test.ts',
        name: 'a created record that another link has already',
      },
    ],
  },
  {
    name: 'unanswered-op-forgotten',
    guard: 'a write without an answer marks its records when its settle time is over',
    invariant: 'I15',
    patches: [
      {
        file: 'packages/sync/src/apply/settle.ts',
        find: '      marks,\n',
        replace: '      marks: marks.slice(marks.length),\n',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/apply/judge.test.ts',
        name: 'ends at its settle time by marking its records',
      },
    ],
  },
  {
    name: 'record-twice-in-a-request',
    guard: 'a record stands once in a request: its second op builds on the first',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/apply/apply-plan.ts',
        find: 'last === undefined || last.length >= size || isTwice',
        replace: 'last === undefined || last.length >= size || (isTwice && size < 0)',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/apply/apply-plan.test.ts',
        name: 'a record never stands twice in one request',
      },
    ],
  },
  {
    name: 'approved-over-newcomers',
    guard: 'a create of an approved plan is dropped where somebody has made the same record in the CRM since',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/pass.ts',
        find: '  await dropOvertaken(walk, planId)\n',
        replace: "  if (planId === '') await dropOvertaken(walk, planId)\n",
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/server/test/engine/typed-meanwhile.test.ts', name: 'a company of the same name' },
      { type: 'test', path: 'packages/server/test/engine/typed-meanwhile.test.ts', name: 'a product of the same code' },
    ],
  },
]
