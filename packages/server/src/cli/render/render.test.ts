import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'
import { opLines } from './report.ts'
import { table } from './table.ts'

test('columns line up, and a control character from a remote name cannot move the cursor', () => {
  expect(
    table([
      ['a', 'bb'],
      ['ccc', '\u001b[2Jd'],
    ]),
  ).toEqual(['a    bb', 'ccc   [2Jd'])
})

test('a value of several parts shows only the parts that differ', () => {
  const before = { number: '5550 9411', country: '61' }
  const lines = opLines({
    verb: 'update',
    side: 'xero',
    kind: 'contact',
    title: 'Snowy River',
    changes: [{ field: 'phone', before, after: { ...before, number: '9999 0000' }, reason: 'changed' }],
  })
  expect(lines).toEqual(['update contact "Snowy River" in Xero', '    phone.number  "5550 9411" -> "9999 0000"'])
})

function shownOn(isTTY: boolean): string {
  let text = ''
  const progress = createProgress({ isTTY, columns: 80, write: (more: string) => (text += more) })
  for (let done = 0; done <= 100; done += 1) progress.show({ type: 'written', runId: 'r', done, total: 100 })
  progress.end()
  return text
}

test('a terminal gets one line that changes; a log gets plain lines, one a tenth, without escape codes', () => {
  expect(shownOn(true)).not.toContain('\n')
  const log = shownOn(false)
  expect(log.split('\n')).toHaveLength(12)
  expect(log).not.toContain('\u001b')
})
