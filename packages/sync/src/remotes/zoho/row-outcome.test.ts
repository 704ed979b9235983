import { expect, test } from 'vitest'
import type { ValueObject } from '../../model/value.ts'
import { judgeRow } from './row-outcome.ts'

const error = (code: string, details: ValueObject, message = 'said Zoho'): ValueObject => ({
  code,
  details,
  message,
  status: 'error',
})
const place = { api_name: 'Phone', json_path: '$.data[0].Phone' }

/** Every code of zoho-crm.md 3.15 has one reading; a wrong one sends the person to the wrong fix. */
test.each([
  [error('MANDATORY_NOT_FOUND', place), 'requiredValueMissing'],
  [error('EXPECTED_FIELD_MISSING', { expected_fields: [place] }), 'requiredValueMissing'],
  [error('INVALID_DATA', { ...place, maximum_length: '30' }), 'valueTooLong'],
  [error('INVALID_DATA', { ...place, supported_values: ['a'] }), 'valueNotAllowed'],
  [error('INVALID_DATA', { ...place, expected_data_type: 'boolean' }), 'valueNotAllowed'],
  [error('INVALID_DATA', { api_name: 'Currency', json_path: '$.data[0].Currency' }), 'currencyNotEnabled'],
  [error('INVALID_DATA', { api_name: 'Line_Tax', json_path: '$.data[0].Invoiced_Items[0].Line_Tax' }), 'taxNotValid'],
  [error('INVALID_DATA', { api_name: 'Email', expected_data_type: 'email' }), 'emailNotValid'],
  [error('INVALID_DATA', { api_name: 'id', json_path: '$.data[7].id' }), 'recordGone'],
  [error('INVALID_DATA', { resource_path_index: '1' }, 'the id given seems to be invalid'), 'recordGone'],
  [error('INVALID_DATA', { api_name: 'id', json_path: '$.data[0].Account_Name.id' }), 'valueNotAllowed'],
  [error('INVALID_DATA', { api_name: 'id', json_path: '$.data[0].Invoiced_Items[2].id' }), 'valueNotAllowed'],
  [error('DEPENDENT_MISMATCH', place), 'valueNotAllowed'],
  [error('NOT_ALLOWED', place), 'valueNotAllowed'],
  [error('RECORD_LOCKED', place), 'recordLocked'],
  [error('NOT_APPROVED', {}), 'recordLocked'],
  [error('RECORD_IN_BLUEPRINT', {}), 'recordLocked'],
  [error('NO_PERMISSION', {}), 'permissionMissing'],
  [error('STORAGE_SPACE_EXCEEDED', {}), 'contentRefused'],
  [error('SOMETHING_NEW', {}), 'contentRefused'],
])('%j reads as %s', (element, code) => {
  expect(judgeRow(element, 'update')).toMatchObject({
    type: 'refused',
    code,
    message: expect.stringContaining(String(element.message)),
  })
})

test('a duplicate names its field and holder, in each of the shapes that Zoho has for it', () => {
  const field = { api_name: 'Xero_ID', json_path: '$.data[0].Xero_ID' }
  const judged = (details: ValueObject) => judgeRow(error('DUPLICATE_DATA', details), 'create')
  const full = { ...field, id: '11', duplicate_record: { id: '12', Owner: { id: '1' } }, more_records: false }
  expect(judged(full)).toMatchObject({ type: 'duplicate', field: 'Xero_ID', remoteId: '12' })
  expect(judged({ ...field, id: '11' })).toMatchObject({ type: 'duplicate', field: 'Xero_ID', remoteId: '11' })
  expect(judged(field)).toMatchObject({ type: 'duplicate', field: 'Xero_ID', remoteId: null })
})

test('several errors in one row are all told, and the first decides', () => {
  const inner = [error('MANDATORY_NOT_FOUND', place, 'first'), error('INVALID_DATA', place, 'second')]
  for (const code of ['MULTIPLE_OR_MULTI_ERRORS']) {
    const outcome = judgeRow(error(code, { errors: inner }), 'create')
    expect(outcome).toMatchObject({ code: 'requiredValueMissing', message: expect.stringMatching(/first.*second/) })
  }
})

test('a success without an id is no success: the record could not be linked', () => {
  const success = (details: ValueObject): ValueObject => ({
    code: 'SUCCESS',
    status: 'success',
    message: 'record added',
    details,
  })
  expect(judgeRow(success({}), 'create')).toMatchObject({ type: 'unknown', code: 'rowMissingInAnswer' })
  expect(judgeRow(success({ id: '5', Modified_Time: '2026-03-02T09:15:04+11:00' }), 'create')).toEqual({
    type: 'ok',
    remoteId: '5',
    version: '2026-03-01T22:15:04.000Z',
    record: null,
    warnings: [],
  })
})

test('an edit that came first is `moved`, an inner failure is unknown: neither was refused', () => {
  expect(judgeRow(error('ALREADY_MODIFIED', { id: '5' }), 'update').type).toBe('moved')
  expect(judgeRow(error('INTERNAL_ERROR', {}), 'update').type).toBe('unknown')
})
