import { describe, expect, it } from 'vitest'
import { openOrg } from '../test-org.ts'

async function orgWithUniqueField() {
  const org = await openOrg()
  const fields = [{ field_label: 'Xero Contact Id', data_type: 'text', length: 50, unique: { case_sensitive: false } }]
  await org.call('POST', '/settings/fields?module=Accounts', { body: { fields } })
  return org
}

describe('insert', () => {
  it('answers 201, 207 or 400 by how many elements passed (a client that trusts the status loses rows)', async () => {
    const org = await openOrg()
    const good = { Account_Name: 'Acme' }
    const all = await org.call('POST', '/Accounts', { body: { data: [good] } })
    const mixed = await org.call('POST', '/Accounts', { body: { data: [good, { Phone: '1' }] } })
    const none = await org.call('POST', '/Accounts', { body: { data: [{ Phone: '1' }] } })
    expect([all.status, mixed.status, none.status]).toEqual([201, 207, 400])
    expect(mixed.json.at('data', 1)).toEqual({
      code: 'MANDATORY_NOT_FOUND',
      message: 'required field not found',
      status: 'error',
      details: { api_name: 'Account_Name', json_path: '$.data[1].Account_Name' },
    })
    expect(all.json.text('data', 0, 'details', 'Created_Time')).toBe('2026-03-01T10:00:00+11:00')
  })

  it('gives ids that a JavaScript number cannot hold (a client that parses ids as numbers reads another record)', async () => {
    const org = await openOrg()
    const id = await org.add('Accounts', { Account_Name: 'Acme' })
    expect(id).toMatch(/^\d{19}$/)
    expect(String(Number(id))).not.toBe(id)
  })

  it('refuses an overlong text with maximum_length and never cuts it', async () => {
    const org = await openOrg()
    const answer = await org.call('POST', '/Accounts', { body: { data: [{ Account_Name: 'x'.repeat(201) }] } })
    expect(answer.json.at('data', 0, 'details')).toEqual({
      maximum_length: 200,
      api_name: 'Account_Name',
      json_path: '$.data[0].Account_Name',
    })
  })

  it('ignores unknown and read-only keys silently (a misspelt name loses data without error)', async () => {
    const org = await openOrg()
    const id = await org.add('Accounts', { Account_Name: 'Acme', Acount_Site: 'x', Created_Time: '2001-01-01' })
    const read = await org.call('GET', `/Accounts/${id}`)
    expect(read.json.at('data', 0, 'Acount_Site')).toBeUndefined()
    expect(read.json.text('data', 0, 'Created_Time')).toBe('2026-03-01T10:00:00+11:00')
  })

  it('wraps several problems of one record in MULTIPLE_OR_MULTI_ERRORS', async () => {
    const org = await openOrg()
    const answer = await org.call('POST', '/Contacts', { body: { data: [{ Email: 'nonsense' }] } })
    expect(answer.json.text('data', 0, 'code')).toBe('MULTIPLE_OR_MULTI_ERRORS')
    expect(answer.json.list('data', 0, 'details', 'errors').map((one) => one.text('code'))).toEqual([
      'INVALID_DATA',
      'MANDATORY_NOT_FOUND',
    ])
  })

  it('refuses a lookup by name or to a record that is not there', async () => {
    const org = await openOrg()
    const data = [
      { Last_Name: 'A', Account_Name: { name: 'Acme' } },
      { Last_Name: 'B', Account_Name: { id: '5600000000999999999' } },
    ]
    const answer = await org.call('POST', '/Contacts', { body: { data } })
    expect(answer.status).toBe(400)
    expect(answer.json.list('data').map((one) => one.text('code'))).toEqual(['INVALID_DATA', 'INVALID_DATA'])
  })

  it('reports a unique collision with the other record, also within one batch and in other letter case', async () => {
    const org = await orgWithUniqueField()
    const data = [
      { Account_Name: 'A', Xero_Contact_Id: 'abc' },
      { Account_Name: 'B', Xero_Contact_Id: 'ABC' },
    ]
    const answer = await org.call('POST', '/Accounts', { body: { data } })
    expect(answer.status).toBe(207)
    expect(answer.json.text('data', 1, 'code')).toBe('DUPLICATE_DATA')
    expect(answer.json.text('data', 1, 'details', 'duplicate_record', 'id')).toBe(
      answer.json.text('data', 0, 'details', 'id'),
    )
  })

  it('takes at most 100 records and refuses malformed JSON unwrapped', async () => {
    const org = await openOrg()
    const many = Array.from({ length: 101 }, () => ({ Account_Name: 'x' }))
    const answer = await org.call('POST', '/Accounts', { body: { data: many } })
    expect([answer.status, answer.json.at('code')]).toEqual([400, 'INVALID_DATA'])
    expect((await org.call('GET', '/Accounts?fields=id')).status).toBe(204)
  })

  it('refuses an unknown trigger', async () => {
    const org = await openOrg()
    const body = { data: [{ Account_Name: 'x' }], trigger: ['workflows'] }
    expect((await org.call('POST', '/Accounts', { body })).status).toBe(400)
  })
})

describe('update', () => {
  it('guards with If-Unmodified-Since, but only to the second', async () => {
    const org = await openOrg()
    const id = await org.add('Accounts', { Account_Name: 'Acme' })
    const guard = { headers: { 'If-Unmodified-Since': '2026-03-01T10:00:00+11:00' } }
    const put = (name: string) =>
      org.call('PUT', `/Accounts/${id}`, { body: { data: [{ Account_Name: name }] }, ...guard })
    expect((await put('same second')).status).toBe(200)
    await org.clock.advance(1000)
    await org.act({ action: 'edit', module: 'Accounts', id, values: { Phone: '1' } })
    const refused = await put('too late')
    expect([refused.status, refused.json.text('data', 0, 'code')]).toEqual([412, 'ALREADY_MODIFIED'])
    expect(refused.json.text('data', 0, 'details', 'Modified_Time')).toBe('2026-03-01T10:00:01+11:00')
    org.set('unmodifiedSince', 'sameSecond')
    expect((await put('x')).status).toBe(412)
  })

  it('changes only what is sent, clears with null and moves Modified_Time even when nothing changes', async () => {
    const org = await openOrg()
    const id = await org.add('Accounts', { Account_Name: 'Acme', Phone: '1', Website: 'a.example' })
    await org.clock.advance(5000)
    const put = () => org.call('PUT', '/Accounts', { body: { data: [{ id, Phone: null }] } })
    expect((await put()).json.text('data', 0, 'details', 'Modified_Time')).toBe('2026-03-01T10:00:05+11:00')
    const read = await org.call('GET', `/Accounts/${id}`)
    expect([read.json.at('data', 0, 'Phone'), read.json.at('data', 0, 'Website')]).toEqual([null, 'a.example'])
    await org.clock.advance(5000)
    expect((await put()).json.text('data', 0, 'details', 'Modified_Time')).toBe('2026-03-01T10:00:10+11:00')
    org.set('noopBumpsModified', 'no')
    await org.clock.advance(5000)
    expect((await put()).json.text('data', 0, 'details', 'Modified_Time')).toBe('2026-03-01T10:00:10+11:00')
  })

  it('answers a bad id unwrapped or wrapped, by switch', async () => {
    const org = await openOrg()
    const put = () => org.call('PUT', '/Accounts/123', { body: { data: [{ Phone: '1' }] } })
    expect((await put()).json.at('code')).toBe('INVALID_DATA')
    org.set('singleWriteErrors', 'wrapped')
    expect((await put()).json.at('data', 0, 'code')).toBe('INVALID_DATA')
  })
})

describe('upsert', () => {
  it('overwrites the record of the same name when nothing is listed (two Acmes become one)', async () => {
    const org = await orgWithUniqueField()
    const id = await org.add('Accounts', { Account_Name: 'Acme', Xero_Contact_Id: 'one' })
    const body = { data: [{ Account_Name: 'ACME', Xero_Contact_Id: 'two' }] }
    const answer = await org.call('POST', '/Accounts/upsert', { body })
    expect(answer.json.at('data', 0, 'action')).toBe('update')
    expect(answer.json.at('data', 0, 'duplicate_field')).toBe('Account_Name')
    expect(answer.json.at('data', 0, 'details', 'id')).toBe(id)
  })

  it('matches by the listed unique field only, and inserts with duplicate_field null', async () => {
    const org = await orgWithUniqueField()
    const id = await org.add('Accounts', { Account_Name: 'Acme', Xero_Contact_Id: 'one' })
    const data = [
      { Account_Name: 'Acme', Xero_Contact_Id: 'two' },
      { Account_Name: 'Renamed', Xero_Contact_Id: 'ONE' },
    ]
    const body = { data, duplicate_check_fields: ['Xero_Contact_Id'] }
    const answer = await org.call('POST', '/Accounts/upsert', { body })
    expect(answer.status).toBe(200)
    expect(answer.json.list('data').map((one) => [one.at('action'), one.at('duplicate_field')])).toEqual([
      ['insert', null],
      ['update', 'Xero_Contact_Id'],
    ])
    expect(answer.json.at('data', 1, 'details', 'id')).toBe(id)
  })

  it('refuses to match by a field that is neither system nor unique', async () => {
    const org = await openOrg()
    const body = { data: [{ Account_Name: 'A' }], duplicate_check_fields: ['Phone'] }
    expect((await org.call('POST', '/Accounts/upsert', { body })).status).toBe(400)
  })
})
