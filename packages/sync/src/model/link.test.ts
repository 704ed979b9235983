import { describe, expect, test } from 'vitest'
import { linkReference, parseLinkReference } from './link.ts'
import { isUnsettled, OP_TRANSITIONS } from './op.ts'

describe('link references', () => {
  test.each(['zoho', 'xero'] as const)('of %s are read back as they were written', (side) => {
    expect(parseLinkReference(linkReference('ab-1.2', side))).toEqual({ linkId: 'ab-1.2', side })
  })
  test.each(['@link:1', '@link:1.sage', 'link:1.zoho', '@link:.zoho', '1@link:1.zoho'])(
    '%s is no reference: a value that only looks like one must go over the wire as it is',
    (text) => {
      expect(parseLinkReference(text)).toBeUndefined()
    },
  )
})

describe('op states', () => {
  test('end in confirmed, refused and superseded: an ended op that moved again would be written twice', () => {
    for (const state of ['confirmed', 'refused', 'superseded'] as const) expect(OP_TRANSITIONS[state]).toEqual([])
  })
  test('go back to intended only from sent: an unknown op may have been executed, so it is never sent again', () => {
    expect(OP_TRANSITIONS.sent).toContain('intended')
    expect(OP_TRANSITIONS.unknown).not.toContain('intended')
    expect(OP_TRANSITIONS.unknown).not.toContain('sent')
  })
  test('keep their link out of planning exactly while their fate is open', () => {
    expect(
      (['intended', 'sent', 'unknown', 'confirmed', 'refused', 'superseded'] as const).filter(isUnsettled),
    ).toEqual(['sent', 'unknown'])
  })
})
