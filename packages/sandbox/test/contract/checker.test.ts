import { describe, expect, test } from 'vitest'
import { createRequestLog } from '../../src/core/request-log.ts'
import { createAllowList } from './allow-list.ts'
import { checkLoggedRequests } from './check-log.ts'
import { checkRequest } from './check-request.ts'
import { checkResponse } from './check-response.ts'
import { checkXeroWebhook } from './check-webhook.ts'
import type { Finding } from './finding.ts'
import { findOperations } from './spec.ts'
import { areSpecsMissing } from './specs-folder.ts'

const CONTACT_ID = '9d1a0d5e-6f0b-4c47-9a55-0b1c2d3e4f50'
const nothingAllowed = createAllowList([])

function contactAnswer(contact: Record<string, unknown>, status = 200) {
  return { method: 'GET', path: `/api.xro/2.0/Contacts/${CONTACT_ID}`, status, body: { Contacts: [contact] } }
}

function short(findings: readonly Finding[]): string[] {
  return findings.map(({ field, problem }) => `${problem} ${field}`)
}

describe.skipIf(areSpecsMissing())('the contract checker', () => {
  test('finds calls by method and path, literal segments first', () => {
    const templates = (method: string, path: string) =>
      findOperations('zoho', method, path).map(({ template }) => template)
    expect(templates('POST', '/crm/v8/Invoices/upsert')).toEqual(['/crm/v8/{module_api_name}/upsert'])
    expect(templates('GET', '/crm/v8/settings/fields')).toEqual(['/crm/v8/settings/fields'])
    expect(templates('GET', '/crm/v8/org/taxes')).toEqual(['/crm/v8/org/taxes'])
    expect(templates('GET', '/crm/v8/settings/nonsense')).toEqual([])
    expect(findOperations('xero', 'GET', '/connections').map(({ template }) => template)).toEqual(['/Connections'])
    expect(findOperations('xero', 'PATCH', '/api.xro/2.0/Contacts')).toEqual([])
  })

  test('passes a faithful answer', () => {
    const contact = {
      ContactID: CONTACT_ID,
      Name: 'Wattle Street Cafe',
      Addresses: [{ AddressType: 'POBOX', City: 'Ultimo' }],
      UpdatedDateUTC: '/Date(1791256520087+0000)/',
      IsCustomer: false,
    }
    expect(checkResponse('xero', contactAnswer(contact), nothingAllowed)).toEqual([])
  })

  test('finds a name that the file does not declare, however deep', () => {
    const contact = { Nickname: 'Watt', Phones: [{ PhoneType: 'DEFAULT', phoneNumber: '5550 1234' }] }
    expect(short(checkResponse('xero', contactAnswer(contact), nothingAllowed))).toEqual([
      'undeclared Contacts[].Nickname',
      'undeclared Contacts[].Phones[].phoneNumber',
    ])
  })

  test('finds wrong types, values outside an enum and badly written dates', () => {
    const contact = {
      Name: 7,
      IsCustomer: 'false',
      Phones: {},
      ContactStatus: 'RETIRED',
      ContactID: 'no-guid',
      UpdatedDateUTC: '2026-10-06T03:15:20Z',
      Website: null,
    }
    expect(short(checkResponse('xero', contactAnswer(contact), nothingAllowed))).toEqual([
      'type Contacts[].Name',
      'type Contacts[].IsCustomer',
      'type Contacts[].Phones',
      'value Contacts[].ContactStatus',
      'value Contacts[].ContactID',
      'value Contacts[].UpdatedDateUTC',
      'type Contacts[].Website',
    ])
  })

  test('finds text where JSON belongs, and lets refusals be text', () => {
    const answer = { method: 'GET', path: '/api.xro/2.0/Contacts', status: 200, body: '<html>' }
    expect(short(checkResponse('xero', answer, nothingAllowed))).toEqual(['notJson '])
    expect(checkResponse('xero', { ...answer, status: 404, body: '' }, nothingAllowed)).toEqual([])
  })

  test("knows Xero's refusals, with the elements echoed", () => {
    const path = '/api.xro/2.0/Contacts'
    const refusal = (elements: unknown[]) => ({
      method: 'PUT',
      path,
      status: 400,
      body: {
        ErrorNumber: 10,
        Type: 'ValidationException',
        Message: 'A validation exception occurred',
        Elements: elements,
      },
    })
    const element = { Name: 'Twice', ValidationErrors: [{ Message: 'Already assigned.' }] }
    expect(checkResponse('xero', refusal([element]), nothingAllowed)).toEqual([])
    expect(short(checkResponse('xero', refusal([{ ...element, Nope: 1 }]), nothingAllowed))).toEqual([
      'undeclared Elements[].Nope',
    ])
    const problem = { Type: null, Title: 'Unauthorized', Status: 401, Detail: 'TokenExpired', Instance: CONTACT_ID }
    expect(checkResponse('xero', { method: 'GET', path, status: 401, body: problem }, nothingAllowed)).toEqual([])
  })

  test("holds Zoho's open records against the sheet's names", () => {
    const answer = (record: Record<string, unknown>) => ({
      method: 'GET',
      path: '/crm/v8/Invoices/5600000000500001',
      status: 200,
      body: { data: [record] },
    })
    const line = { id: '1', Product_Name: { id: '2', name: 'Widget', Product_Code: 'W-1' }, Quantity: 2 }
    const good = { id: '3', Subject: 'INV-0001', Invoiced_Items: [line], Due_Date: null, Xero_Invoice_Id: 'x' }
    expect(checkResponse('zoho', answer(good), nothingAllowed)).toEqual([])
    const bad = { ...good, subject: 'x', Invoiced_Items: [{ ...line, quantity: 2, Line_Tax: [{ rate: 10 }] }] }
    expect(short(checkResponse('zoho', answer(bad), nothingAllowed))).toEqual([
      'undeclared data[].Invoiced_Items[].quantity',
      'undeclared data[].Invoiced_Items[].Line_Tax[].rate',
      'undeclared data[].subject',
    ])
  })

  test('knows what Zoho refuses, bare and one by one', () => {
    const refusal = { code: 'MANDATORY_NOT_FOUND', status: 'error', message: 'required field not found' }
    const details = { api_name: 'Account_Name', json_path: '$.data[0].Account_Name' }
    const answer = (body: unknown) => ({ method: 'POST', path: '/crm/v8/Accounts', status: 400, body })
    expect(checkResponse('zoho', answer({ data: [{ ...refusal, details }] }), nothingAllowed)).toEqual([])
    expect(checkResponse('zoho', answer({ ...refusal, details: {} }), nothingAllowed)).toEqual([])
    expect(short(checkResponse('zoho', answer({ ...refusal, detail: {} }), nothingAllowed))).toEqual([
      'undeclared detail',
    ])
  })

  test('finds query names, body names and calls that do not exist', () => {
    const call = { method: 'GET', path: '/api.xro/2.0/Contacts', query: '?page=1&pagesize=10', body: undefined }
    expect(short(checkRequest('xero', call, nothingAllowed))).toEqual(['undeclared ?pagesize'])
    expect(short(checkRequest('xero', { ...call, path: '/api.xro/2.0/Clients' }, nothingAllowed))).toEqual([
      'unknownCall ',
    ])
    const create = { ...call, method: 'PUT', query: '?summarizeErrors=false' }
    const contacts = [{ Name: 'A', Emailaddress: 'a@b.example' }]
    expect(short(checkRequest('xero', { ...create, body: { Contacts: contacts } }, nothingAllowed))).toEqual([
      'undeclared Contacts[].Emailaddress',
    ])
    const record = {
      method: 'POST',
      path: '/crm/v8/Accounts',
      query: '',
      body: { data: [{ AccountName: 'A' }], trigger: [] },
    }
    expect(short(checkRequest('zoho', record, nothingAllowed))).toEqual(['undeclared data[].AccountName'])
  })

  test("reads Xero's webhooks", () => {
    const event = {
      resourceUrl: `https://api.xero.com/api.xro/2.0/Contacts/${CONTACT_ID}`,
      resourceId: CONTACT_ID,
      tenantId: CONTACT_ID,
      tenantType: 'ORGANISATION',
      eventCategory: 'CONTACT',
      eventType: 'UPDATE',
      eventDateUtc: '2026-10-06T03:15:21.198',
    }
    const delivery = { events: [event], firstEventSequence: 215, lastEventSequence: 215, entropy: 'IMGU' }
    expect(checkXeroWebhook(delivery)).toEqual([])
    const credit = { ...event, eventCategory: 'CREDITNOTE', data: { Type: 'ACCRECCREDIT', Status: 'PAID' } }
    expect(checkXeroWebhook({ ...delivery, events: [credit] })).toEqual([])
    const wrong = { ...event, eventType: 'DELETE', tenant: 'x' }
    expect(short(checkXeroWebhook({ ...delivery, events: [wrong] }))).toEqual([
      'value events[].eventType',
      'undeclared events[].tenant',
    ])
  })

  test('reads the log of a sandbox', () => {
    const log = createRequestLog()
    const sent = { atMs: 0, method: 'PUT', path: '/api.xro/2.0/Contacts', query: '' }
    const headers = { 'content-type': 'application/json' }
    log.open({ ...sent, headers, body: '{"Contacts":[{"Nmae":"A"}]}' })
    log.open({ ...sent, headers, body: '{"Contacts":' })
    log.open({ ...sent, path: '/connect/token', method: 'POST', headers: {}, body: '[secret]' })
    expect(short(checkLoggedRequests('xero', log.list(), nothingAllowed))).toEqual([
      'undeclared Contacts[].Nmae',
      'notJson ',
    ])
  })

  test('lets pass what the allow-list covers and names the entries that cover nothing', () => {
    const shape = { type: 'string' }
    const entry = { api: 'xero', direction: 'response', path: /\/Contacts/, shape, reason: 'test' } as const
    const needed = { ...entry, field: /^Contacts\[\]\.Nickname$/ }
    const stale = { ...entry, field: /^Contacts\[\]\.Sobriquet$/ }
    const allowed = createAllowList([needed, stale])
    const found = (contact: Record<string, unknown>) => short(checkResponse('xero', contactAnswer(contact), allowed))
    expect(found({ Nickname: 'Watt' })).toEqual([])
    expect(found({ Nickname: 7 })).toEqual(['undeclared Contacts[].Nickname'])
    expect(found({ Alias: 'Watt' })).toEqual(['undeclared Contacts[].Alias'])
    expect(allowed.stale()).toEqual([stale])
  })
})
