import { describe, expect, test } from 'vitest'
import { mappingFor } from '../mapping/index.ts'
import { contextOf, recordOf, SETTINGS, viewOf } from '../mapping/testing.ts'
import type { Link, LinkPart } from '../model/link.ts'
import type { Value, ValueObject } from '../model/value.ts'
import { canonicalText } from '../model/value.ts'
import type { PlanInput } from './input.ts'
import { lineShadowField } from './merge-lines.ts'
import { compareSummaryLines } from './summary-lines.ts'

const settings = { ...SETTINGS, invoice: { ...SETTINGS.invoice, sending: 'dailySummary' as const } }
const mapping = mappingFor('invoice', settings)
const context = { ...contextOf(settings), linkId: 'day-1' }
const fingerprint = (text: string) => `p:${text}`
const input: PlanInput = {
  planId: 'plan',
  kind: 'invoice',
  mode: 'both',
  generation: 1,
  mapping,
  context,
  subjects: [],
  candidates: [],
  pools: {
    keys: { zoho: new Map(), xero: new Map() },
    byId: { zoho: new Map(), xero: new Map() },
    join: () => undefined,
    complete: () => undefined,
  },
  unsettledLinkIds: new Set(),
  wholeLinkIds: new Set(),
  unsettledCreates: {},
  fingerprint,
  linkIdFor: () => 'L',
  isSettledVersion: () => true,
  ourZohoUserId: 'u-1',
}

const source = (rows: Readonly<Record<string, string>>) => {
  const shares = Object.entries(rows).map(([key, net]) => {
    const [account = '', taxType = ''] = key.split('|')
    return { rows: [{ account, taxType, taxes: taxType === 'OUTPUT' ? 't-gst' : 't-free', net }], total: net }
  })
  const founder = { side: 'zoho', collection: 'Invoices', id: 'z1' } as const
  const of = { day: '2026-11-19', currency: 'AUD' }
  const made = mapping.summaries?.source({ linkId: 'day-1', of, founder, shares, status: '' }, context)
  if (made === undefined) throw new Error('no summaries')
  return made
}
const line = (LineItemID: string, LineAmount: string, change: ValueObject = {}): ValueObject => ({
  LineItemID,
  Description: 'Sales of 2026-11-19 (200, GST on Income)',
  Quantity: '1',
  UnitAmount: LineAmount,
  LineAmount,
  TaxType: 'OUTPUT',
  AccountCode: '200',
  ...change,
})
const FREE = { TaxType: 'EXEMPTOUTPUT', Description: 'Sales of 2026-11-19 (200, GST Free Income)' }

/** As it was written: its lines paired with what they sum up. */
function linkOf(written: readonly ValueObject[], doubt?: ValueObject): Link {
  const view = (rows: readonly ValueObject[]) => viewOf(recordOf('xero', 'Invoices', { LineItems: rows }, 'x1'))
  const lines = (rows: readonly ValueObject[]) => mapping.lines?.read(view(rows), context) ?? []
  const print = (value: Value) => fingerprint(canonicalText(value))
  const [doubted] = doubt === undefined ? [] : lines([doubt])
  const shadow: LinkPart['shadow'] = Object.fromEntries(
    lines(written).map(({ id, value }) => {
      const known = mapping.lines?.toValue(value) ?? null
      const after = doubted?.id === id ? (mapping.lines?.toValue(doubted.value) ?? null) : null
      const maybe = after === null ? {} : { doubt: { role: 'written' as const, print: print(after), value: after } }
      return [lineShadowField(id), { print: print(known), value: known, isPurged: false, ...maybe }]
    }),
  )
  const main: LinkPart = { side: 'xero', collection: 'Invoices', role: 'main', remoteId: 'x1', version: null, shadow }
  return {
    id: 'day-1',
    kind: 'invoice',
    state: 'linked',
    generation: 1,
    attempts: 0,
    nextAttemptAt: null,
    lastCode: null,
    lines: lines(written).map(({ id, raw, value }) => ({
      zohoRowId: `${String(raw.AccountCode)}|${value.tax}`,
      xeroLineId: id,
    })),
    parts: [main],
  }
}

function compare(rows: Readonly<Record<string, string>>, link: Link, present: readonly ValueObject[]) {
  const xero = viewOf(recordOf('xero', 'Invoices', { LineItems: present }, 'x1'))
  const compared = compareSummaryLines(link, { source: viewOf(source(rows)), xero }, { input, context })
  if (compared.type === 'hold') throw new Error(compared.detail)
  const { lines, removed, isSame, isEdited } = compared.value
  return {
    isSame,
    isEdited,
    lines: lines.map(({ desired, after }) => [
      desired.existing?.id ?? 'new',
      desired.value === null ? 'stays' : after.net,
    ]),
    removed: removed.map(({ id }) => id),
  }
}

describe('the lines of a summary', () => {
  const written = [line('l1', '30'), line('l2', '7', FREE)]

  test('as they should be, nothing is written', () => {
    const same = compare({ '200|OUTPUT': '30', '200|EXEMPTOUTPUT': '7' }, linkOf(written), written)
    expect(same).toMatchObject({ isSame: true, isEdited: false })
  })

  test('change, come and go with what their members add', () => {
    expect(compare({ '200|OUTPUT': '31', '260|OUTPUT': '4' }, linkOf(written), written)).toEqual({
      isSame: false,
      isEdited: false,
      lines: [
        ['l1', '31'],
        ['new', '4'],
      ],
      removed: ['l2'],
    })
  })

  // Catches: a line of a bookkeeper dropped from the complete list, or taken for one of ours (I3).
  test('what somebody has added stays, also where it has the same account and tax', () => {
    const added = line('l9', '5', { Description: 'Till difference' })
    expect(
      compare({ '200|OUTPUT': '31', '200|EXEMPTOUTPUT': '7' }, linkOf(written), [...written, added]).lines,
    ).toEqual([
      ['l1', '31'],
      ['l2', 'stays'],
      ['l9', 'stays'],
    ])
  })

  // Catches: our own line added a second time because nobody answered for the first (I2, I11).
  test('a line that an unanswered write has added is ours', () => {
    const only = [line('l1', '30')]
    const answer = compare({ '200|OUTPUT': '30', '200|EXEMPTOUTPUT': '7' }, linkOf(only), written)
    expect(answer).toMatchObject({ isSame: true, removed: [] })
  })

  test('found without any pair they are known by account and tax, whatever they are called', () => {
    const bare = { ...linkOf([]), lines: [] }
    const renamed = written.map((one) => ({ ...one, Description: 'Shop' }))
    expect(compare({ '200|OUTPUT': '30', '200|EXEMPTOUTPUT': '7' }, bare, renamed)).toMatchObject({ isSame: true })
  })

  test('a figure that is not ours is somebody’s; words and accounts are nobody’s money', () => {
    const rows = { '200|OUTPUT': '31', '200|EXEMPTOUTPUT': '7' }
    const [, second] = written
    const now = (change: ValueObject) => [line('l1', '30', change), second ?? {}]
    expect(compare(rows, linkOf(written), now({ UnitAmount: '29', LineAmount: '29' })).isEdited).toBe(true)
    expect(compare(rows, linkOf(written), now({ Description: 'Shop', AccountCode: '260' })).isEdited).toBe(false)
  })

  // Catches: our own unanswered write taken for a bookkeeper's, so that the day waits for a person.
  test('a figure that an unanswered write may have made is ours', () => {
    const landed = [line('l1', '32'), ...written.slice(1)]
    const rows = { '200|OUTPUT': '33', '200|EXEMPTOUTPUT': '7' }
    expect(compare(rows, linkOf(written, line('l1', '32')), landed).isEdited).toBe(false)
    expect(compare(rows, linkOf(written), landed).isEdited).toBe(true)
  })
})
