import {
  type FieldRule,
  holdFor,
  type KindMapping,
  type LineRules,
  type LineValue,
  mapped,
  type SideLine,
  type SideView,
} from '../../src/mapping/contract.ts'
import { asRows, textAt } from '../../src/mapping/record-fields.ts'
import { skipByLife } from '../../src/mapping/verdicts.ts'
import type { Side } from '../../src/model/side.ts'
import type { ValueObject } from '../../src/model/value.ts'
import { textOf } from './records.ts'

/**
 * A kind small enough to reason about: texts that Xero keeps in capitals and that neither side takes with a `<`, a note
 * that flows one way only, and the cross-reference on the Zoho record. Keys: `Key` links, `Hint` only suggests.
 */
export function toyMapping(change: Partial<KindMapping> = {}): KindMapping {
  return {
    kind: 'item',
    fields: [textRule('name'), textRule('phone'), oneWayRule('note', 'zohoToXero'), crossReferenceRule()],
    lines: null,
    persons: null,
    skip: (record) => skipByLife(record),
    crossReference: (record) => referenceOf(record.side, record.fields),
    matchKeys: ({ main }) => keysAt(main?.fields, 'Key').map((key) => `key:${key}`),
    suggestKeys: ({ main }) => keysAt(main?.fields, 'Hint').map((key) => `hint:${key}`),
    lookups: () => [],
    parents: () => [],
    title: (record) => textAt(record.fields, 'name'),
    createExtras: (target, source, context) => {
      const value = target === 'xero' ? `T-${context.linkId}` : (source.main?.id ?? '')
      const field = target === 'xero' ? 'Number' : 'Xero_ID'
      return mapped({ payload: { [field]: value }, naturalKey: { field, value } })
    },
    mayWrite: () => ({ type: 'write' }),
    check: () => ({ type: 'go' }),
    ...change,
  }
}

function keysAt(fields: ValueObject | undefined, key: string): readonly string[] {
  return textAt(fields, key)
    .split(',')
    .filter((text) => text !== '')
}

function referenceOf(side: Side, fields: ValueObject) {
  const remoteId = textAt(fields, 'Xero_ID')
  if (side === 'zoho') return remoteId === '' ? null : ({ type: 'partner', remoteId } as const)
  const number = textAt(fields, 'Number')
  return number.startsWith('T-') ? ({ type: 'link', linkId: number.slice(2) } as const) : null
}

export function textRule(field: string, change: Partial<FieldRule> = {}): FieldRule {
  const read = (view: SideView) => (view.main === null ? null : textAt(view.main.fields, field))
  const refused = (text: string) => (text.includes('<') ? holdFor('valueNotAllowed', text) : null)
  return {
    field,
    label: { zoho: field, xero: field },
    direction: 'both',
    policy: 'newest',
    blankErases: false,
    isCrossReference: false,
    zoho: {
      role: 'main',
      read,
      accept: (other) => refused(textOf(other)) ?? mapped(textOf(other)),
      write: (value) => ({ [field]: value }),
    },
    xero: {
      role: 'main',
      read,
      accept: (other) => refused(textOf(other)) ?? mapped(textOf(other).toUpperCase()),
      write: (value) => ({ [field]: value }),
    },
    ...change,
  }
}

function oneWayRule(field: string, direction: FieldRule['direction']): FieldRule {
  return textRule(field, { direction, policy: 'zoho' })
}

function crossReferenceRule(): FieldRule {
  const base = textRule('xeroId', { direction: 'xeroToZoho', policy: 'xero', isCrossReference: true })
  return {
    ...base,
    zoho: {
      ...base.zoho,
      read: (view) => (view.main === null ? null : textAt(view.main.fields, 'Xero_ID')),
      write: (value) => ({ Xero_ID: value }),
    },
    xero: { ...base.xero, read: (view) => view.main?.id ?? null },
  }
}

/** Lines that correspond when their texts are equal but for case; Xero keeps them in capitals. */
export const toyLines: LineRules = {
  read: (view) => asRows(view.main?.fields.lines).map((row) => lineOf(textAt(row, 'id'), textAt(row, 'text'))),
  accept: (target, line) =>
    line.description.includes('<')
      ? holdFor('lineWithoutProduct', line.description)
      : mapped({ ...line, description: target === 'xero' ? line.description.toUpperCase() : line.description }),
  corresponds: (zoho, xero) => zoho.description.toUpperCase() === xero.description.toUpperCase(),
  write: (_target, { desired, removed }) => ({
    lines: desired.map(({ existing, value }) => ({
      ...(existing === null ? {} : { id: existing.id }),
      text: value?.description ?? existing?.value.description ?? '',
    })),
    removed: removed.map((line) => line.id),
  }),
  toValue: (line) => line.description,
}

export function lineOf(id: string, text: string): SideLine {
  const value: LineValue = {
    item: null,
    description: text,
    quantity: '1',
    unitPrice: '1',
    discountPercent: null,
    discountAmount: '0',
    tax: '',
    net: '1',
  }
  return { id, value, raw: { id, text } }
}
