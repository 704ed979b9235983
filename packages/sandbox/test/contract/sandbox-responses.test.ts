import { describe, expect, test } from 'vitest'
import { checkXeroWebhook } from './check-webhook.ts'
import { describeFinding } from './finding.ts'
import { createProbe, type Probe } from './probe.ts'
import { startXero, startZoho } from './sandbox-targets.ts'
import { SHEET_DEVIATIONS, sheetAllowances } from './sheet-deviations.ts'
import { areSpecsMissing } from './specs-folder.ts'
import { driveXero } from './xero-drive.ts'
import { driveZoho } from './zoho-drive.ts'

/** The sandboxes stand in for the vendors: what they say must be what the vendors' files (and the fact sheets) describe. */
describe.skipIf(areSpecsMissing())('the sandboxes answer as the vendors describe', () => {
  test('Xero, calls and webhooks', async () => {
    const target = await startXero()
    const probe = createProbe(target)
    await driveXero(probe)
    expectFaithful(probe)
    expect(target.deliveries.flatMap(checkXeroWebhook)).toEqual([])
    const told = JSON.stringify(target.deliveries)
    for (const category of ['CONTACT', 'INVOICE', 'CREDITNOTE']) expect(told).toContain(`"${category}"`)
  })

  test('Zoho', async () => {
    const probe = createProbe(await startZoho())
    await driveZoho(probe)
    expectFaithful(probe)
  })

  test('no allowance is left that nothing needs', () => {
    expect(sheetAllowances.stale().map(({ reason }) => reason)).toEqual([])
    expect(SHEET_DEVIATIONS.filter(({ reason }) => !/^\d/.test(reason))).toEqual([])
  })
})

function expectFaithful(probe: Probe) {
  expect(probe.surprises()).toEqual([])
  expect([...new Set(probe.findings().map(describeFinding))]).toEqual([])
}
