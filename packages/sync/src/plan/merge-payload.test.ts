import { expect, test } from 'vitest'
import { mergePayload } from './merge-payload.ts'

test('payloads of several fields join: lists join, objects merge, so that one field never drops what another wrote', () => {
  const left = { Phones: [{ PhoneType: 'DEFAULT' }], SalesDetails: { AccountCode: '200' }, Name: 'a' }
  const right = { Phones: [{ PhoneType: 'FAX' }], SalesDetails: { UnitPrice: { $decimal: '1' } }, Name: 'b' }
  expect(mergePayload(left, right)).toEqual({
    Phones: [{ PhoneType: 'DEFAULT' }, { PhoneType: 'FAX' }],
    SalesDetails: { AccountCode: '200', UnitPrice: { $decimal: '1' } },
    Name: 'b',
  })
})

test('a decimal is one value: joining two would send both', () => {
  expect(mergePayload({ Price: { $decimal: '1' } }, { Price: { $decimal: '2' } })).toEqual({ Price: { $decimal: '2' } })
})

test('null clears: it must not be taken for "nothing said"', () => {
  expect(mergePayload({ Phone: '1' }, { Phone: null })).toEqual({ Phone: null })
  expect(mergePayload({ Phone: null }, { Phone: '1' })).toEqual({ Phone: '1' })
})
