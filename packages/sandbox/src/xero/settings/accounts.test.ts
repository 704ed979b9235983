import { describe, expect, test } from 'vitest'
import { at, startSandbox, type TestSandbox } from '../testing.ts'

async function accountOf(box: TestSandbox, code: string): Promise<unknown> {
  const accounts = at((await box.call('GET', 'Accounts')).json, 'Accounts')
  return Array.isArray(accounts) ? accounts.find((one) => at(one, 'Code') === code) : undefined
}

// Catches: a chart of accounts that is kinder than Xero's (xero.md 4.8).
describe('the chart of accounts', () => {
  test('comes whole, with a description where there is one', async () => {
    const box = await startSandbox()
    expect(await accountOf(box, '200')).toMatchObject({
      Name: 'Sales',
      Description: 'Income from any normal business activity',
      EnablePaymentsToAccount: false,
    })
    expect(Object.keys(Object(await accountOf(box, '090')))).not.toContain('Description')
  })

  test('what a person edits and archives is shown, and moves the version', async () => {
    const box = await startSandbox()
    const before = at(await accountOf(box, '260'), 'UpdatedDateUTC')
    await box.clock.advance(60_000)
    await box.act({ action: 'editAccount', code: '260', name: 'Sundry', description: 'Odds', enablePayments: true })
    await box.act({ action: 'archiveAccount', code: '260' })
    const after = await accountOf(box, '260')
    expect(after).toMatchObject({ Name: 'Sundry', Description: 'Odds', EnablePaymentsToAccount: true })
    expect(at(after, 'Status')).toBe('ARCHIVED')
    expect(at(after, 'UpdatedDateUTC')).not.toBe(before)
  })

  test('two accounts of one name are refused', async () => {
    const box = await startSandbox()
    const refused = await box.act({ action: 'editAccount', code: '260', name: 'Sales' })
    expect(refused.text).toContain('Please enter a unique Name.')
    expect(await accountOf(box, '260')).toMatchObject({ Name: 'Other Revenue' })
  })
})
