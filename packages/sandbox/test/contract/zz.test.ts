import { test } from 'vitest'
import { createProbe } from './probe.ts'
import { startXero, startZoho } from './sandbox-targets.ts'
import { driveXero } from './xero-drive.ts'
import { driveZoho } from './zoho-drive.ts'
import { describeFinding } from './finding.ts'
import { isObject } from './json-node.ts'
async function run(start: any, drive: any, origin: string) {
  const t0 = await start()
  const list: any = await (await t0.fetch(new Request(origin + '/__sandbox/switches'))).json()
  const base = new Set<string>()
  for (const s of [{ name: 'none', values: ['x', 'x'] }, ...list]) for (const v of s.values.slice(1)) {
    const t = await start()
    if (s.name !== 'none') await t.fetch(new Request(origin + '/__sandbox/switches', { method: 'POST', body: JSON.stringify({ [s.name]: v }) }))
    const p = createProbe(t)
    try { await drive(p) } catch (e) { process.stdout.write(`${s.name}=${v} threw ${e}\n`) }
    const f = [...new Set(p.findings().map(describeFinding))].filter((x) => !base.has(x))
    if (s.name === 'none') f.forEach((x) => base.add(x))
    process.stdout.write(`${s.name}=${v}: ${f.length} findings, ${p.surprises().length} surprises\n` + f.map((x) => '    ' + x + '\n').join(''))
  }
}
test('zoho', async () => run(startZoho, driveZoho, 'http://localhost:4010'), 200000)
test('xero', async () => run(startXero, driveXero, 'http://localhost:4020'), 200000)
