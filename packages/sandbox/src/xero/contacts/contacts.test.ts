import { describe, expect, test } from 'vitest'
import { at, messagesOf, startSandbox, type TestSandbox, textAt } from '../testing.ts'

const put = (box: TestSandbox, ...contacts: readonly object[]) =>
  box.call('PUT', 'Contacts', { body: { Contacts: contacts } })
const idOf = (answer: { json: unknown }) => textAt(answer.json, 'Contacts', 0, 'ContactID')

describe('creating', () => {
  test('the wire keeps escaped dates, fixed slots and PascalCase', async () => {
    const box = await startSandbox()
    const answer = await put(box, {
      Name: 'Wattle Street Cafe',
      Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '5550 1234' }],
    })
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('"UpdatedDateUTC":"\\/Date(1791256520123+0000)\\/"')
    expect(answer.text).toContain('"DateTimeUTC":"\\/Date(1791256520123)\\/"')
    expect(at(answer.json, 'Contacts', 0, 'Addresses', 1, 'AddressType')).toBe('POBOX')
    expect(at(answer.json, 'Contacts', 0, 'Phones')).toHaveLength(4)
    expect(at(answer.json, 'Contacts', 0, 'Phones', 3)).toEqual({
      PhoneType: 'MOBILE',
      PhoneNumber: '',
      PhoneAreaCode: '',
      PhoneCountryCode: '',
    })
    expect(at(answer.json, 'Contacts', 0, 'IsCustomer')).toBe(false)
  })

  test('a PUT with a used name fails and saves nothing else of the batch', async () => {
    const box = await startSandbox()
    await put(box, { Name: 'Acme' })
    const answer = await put(box, { Name: 'Beta' }, { Name: 'ACME' })
    expect(answer.status).toBe(400)
    expect(at(answer.json, 'Elements', 0, 'ContactID')).toBe('00000000-0000-0000-0000-000000000000')
    expect(messagesOf(answer)[1]).toBe(
      'The contact name Acme is already assigned to another contact. The contact name must be unique across all active contacts.',
    )
    expect(textAt((await box.call('GET', 'Contacts?page=1')).json, 'pagination', 'itemCount')).toBe('1')
  })

  test('summarizeErrors=false saves the good ones and tells each verdict in order', async () => {
    const box = await startSandbox()
    const body = { Contacts: [{ Name: 'Beta' }, { EmailAddress: 'x@y.example' }, { Name: 'Beta' }, { Name: 'Gamma' }] }
    const answer = await box.call('PUT', 'Contacts?summarizeErrors=false', { body })
    expect(answer.status).toBe(200)
    const verdicts = [0, 1, 2, 3].map((index) => at(answer.json, 'Contacts', index, 'StatusAttributeString'))
    expect(verdicts).toEqual(['OK', 'ERROR', 'ERROR', 'OK'])
    expect(at(answer.json, 'Contacts', 1, 'ContactID')).toBe('00000000-0000-0000-0000-000000000000')
    expect(at(answer.json, 'Contacts', 1, 'HasValidationErrors')).toBe(true)
  })

  test('the switch contactNameCase decides whether two cases of a name may live side by side', async () => {
    const box = await startSandbox()
    box.sandbox.control.switches.set('contactNameCase', 'sensitive')
    await put(box, { Name: 'Acme' })
    expect((await put(box, { Name: 'ACME' })).status).toBe(200)
  })

  test('bad whitespace is trimmed, or refused by switch', async () => {
    const box = await startSandbox()
    expect(at((await put(box, { Name: '  Two  spaces ' })).json, 'Contacts', 0, 'Name')).toBe('Two spaces')
    box.sandbox.control.switches.set('contactNameWhitespace', 'rejected')
    expect((await put(box, { Name: ' x' })).status).toBe(400)
  })

  test('lengths, e-mail, country and persons are checked', async () => {
    const box = await startSandbox()
    const faulty = [
      { Name: 'N'.repeat(256) },
      { Name: 'A', EmailAddress: 'not a mail' },
      { Name: 'B', Addresses: [{ AddressType: 'POBOX', Country: 'Area 51' }] },
      { Name: 'C', ContactPersons: [{ FirstName: 'Jo' }] },
      { Name: 'D <b>' },
    ]
    for (const contact of faulty) expect((await put(box, contact)).status).toBe(400)
    expect(messagesOf(await put(box, faulty[3] ?? {}))).toContain(
      'Additional people cannot be added when the primary person has no email address set.',
    )
  })
})

describe('updating', () => {
  test('POST without an id takes over the contact of the same name: the trap of upserts', async () => {
    const box = await startSandbox()
    const id = idOf(await put(box, { Name: 'Acme', EmailAddress: 'a@acme.example' }))
    const answer = await box.call('POST', 'Contacts', { body: { contacts: [{ name: 'acme', TaxNumber: '12' }] } })
    expect(idOf(answer)).toBe(id)
    expect(at(answer.json, 'Contacts', 0, 'EmailAddress')).toBe('a@acme.example')
  })

  test('ContactPersons are replaced, addresses merge by slot, omitted fields stay', async () => {
    const box = await startSandbox()
    const person = (name: string) => ({ FirstName: name, LastName: 'X', EmailAddress: `${name}@x.example` })
    const id = idOf(
      await put(box, {
        Name: 'Acme',
        EmailAddress: 'a@x.example',
        ContactPersons: [person('jo'), person('al')],
        Addresses: [{ AddressType: 'STREET', City: 'Perth' }],
      }),
    )
    const answer = await box.call('POST', `Contacts/${id}`, {
      body: { Contacts: [{ ContactPersons: [person('al')], Addresses: [{ AddressType: 'POBOX', City: 'Hobart' }] }] },
    })
    expect(at(answer.json, 'Contacts', 0, 'ContactPersons')).toHaveLength(1)
    expect(at(answer.json, 'Contacts', 0, 'Addresses', 0, 'City')).toBe('Perth')
    expect(at(answer.json, 'Contacts', 0, 'Addresses', 1, 'City')).toBe('Hobart')
  })

  test('an archived contact cannot be edited or matched, and is missing from deltas without includeArchived', async () => {
    const box = await startSandbox()
    const id = idOf(await put(box, { Name: 'Acme' }))
    await box.call('POST', 'Contacts', { body: { Contacts: [{ ContactID: id, ContactStatus: 'ARCHIVED' }] } })
    for (const change of [{ ContactID: id, Name: 'New' }, { Name: 'Acme' }]) {
      const answer = await box.call('POST', 'Contacts', { body: { Contacts: [change] } })
      expect(messagesOf(answer)).toContain(
        'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.',
      )
    }
    const headers = { 'if-modified-since': '2026-10-06T00:00:00' }
    expect(at((await box.call('GET', 'Contacts?page=1', { headers })).json, 'Contacts')).toEqual([])
    expect(
      at((await box.call('GET', 'Contacts?page=1&includeArchived=true', { headers })).json, 'Contacts'),
    ).toHaveLength(1)
    expect((await box.call('GET', `Contacts/${id}`)).status).toBe(200)
  })

  test('a contact number is unique', async () => {
    const box = await startSandbox()
    await put(box, { Name: 'Acme', ContactNumber: 'Z1' })
    const id = idOf(await put(box, { Name: 'Beta' }))
    const answer = await box.call('POST', `Contacts/${id}`, { body: { ContactNumber: 'Z1' } })
    expect(messagesOf(answer)).toContain(
      'Another contact has this contact number. Please enter a different contact number.',
    )
    expect(idOf(await box.call('GET', 'Contacts/Z1'))).not.toBe(id)
  })

  test('an unknown id is 404 for the whole request, with an empty body that is not JSON', async () => {
    const box = await startSandbox()
    const answer = await box.call('POST', 'Contacts?summarizeErrors=false', {
      body: { Contacts: [{ Name: 'Good' }, { ContactID: '11111111-2222-4333-8444-555555555555', Name: 'Bad' }] },
    })
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(answer.text).toBe('')
    expect(at((await box.call('GET', 'Contacts?page=1')).json, 'Contacts')).toEqual([])
  })

  test('"" clears a field, or is ignored by switch', async () => {
    const box = await startSandbox()
    const id = idOf(await put(box, { Name: 'Acme', TaxNumber: '12' }))
    box.sandbox.control.switches.set('clearByEmptyString', 'ignored')
    const kept = await box.call('POST', `Contacts/${id}`, { body: { TaxNumber: '' } })
    expect(at(kept.json, 'Contacts', 0, 'TaxNumber')).toBe('12')
    box.sandbox.control.switches.set('clearByEmptyString', 'clears')
    const cleared = await box.call('POST', `Contacts/${id}`, { body: { TaxNumber: '' } })
    expect(at(cleared.json, 'Contacts', 0, 'TaxNumber')).toBeUndefined()
  })
})

describe('back office', () => {
  test('a merge archives the loser, moves its documents and does not bump the survivor', async () => {
    const box = await startSandbox()
    const winner = idOf(await put(box, { Name: 'Winner' }))
    const loser = idOf(await put(box, { Name: 'Loser' }))
    const line = { Description: 'Work', Quantity: 1, UnitAmount: 10, AccountCode: '200' }
    const made = await box.call('PUT', 'Invoices', {
      body: { Invoices: [{ Type: 'ACCREC', Contact: { ContactID: loser }, LineItems: [line] }] },
    })
    await box.clock.advance(1000)
    expect((await box.act({ action: 'mergeContacts', loser, survivor: winner })).status).toBe(200)
    const gone = await box.call('GET', `Contacts/${loser}`)
    expect(at(gone.json, 'Contacts', 0, 'ContactStatus')).toBe('ARCHIVED')
    expect(at(gone.json, 'Contacts', 0, 'MergedToContactID')).toBe(winner)
    const kept = await box.call('GET', `Contacts/${winner}`)
    expect(at(kept.json, 'Contacts', 0, 'UpdatedDateUTC')).toBe('/Date(1791256520123+0000)/')
    expect(at(kept.json, 'Contacts', 0, 'IsCustomer')).toBe(true)
    const invoice = await box.call('GET', `Invoices/${textAt(made.json, 'Invoices', 0, 'InvoiceID')}`)
    expect(at(invoice.json, 'Invoices', 0, 'Contact', 'ContactID')).toBe(winner)
  })

  test('restoring works in the UI only', async () => {
    const box = await startSandbox()
    const id = idOf(await put(box, { Name: 'Acme' }))
    await box.act({ action: 'archiveContact', id: 'Acme' })
    expect((await box.call('POST', `Contacts/${id}`, { body: { ContactStatus: 'ACTIVE' } })).status).toBe(400)
    expect((await box.act({ action: 'restoreContact', id })).status).toBe(200)
    expect((await box.call('POST', `Contacts/${id}`, { body: { TaxNumber: '1' } })).status).toBe(200)
  })
})
