import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CRASH_POINTS } from '@tandem/sync/ports/crash-point.ts'
import { expect, test } from 'vitest'
import { createCrashSwitch } from './crash-switch.ts'

const PACKAGES = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/** Every `reached('...')` of the product, tests left out. */
function pointsInSource(): readonly string[] {
  return ['sync', 'server'].flatMap((name) => {
    const folder = join(PACKAGES, name, 'src')
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/\breached\('([^']*)'\)/g)])
      .map(([, point = '']) => point)
  })
}

// Catches: a point that a refactoring has dropped, or a second place that takes the hits of the first.
test('every crash point is reached in exactly one place of the product', () => {
  expect([...pointsInSource()].sort()).toEqual(Object.keys(CRASH_POINTS).sort())
})

// Catches: a switch that strikes without being set, or at another point than the one it names.
test('without the switch nothing happens at any point, and with it nothing at the others or at earlier hits', () => {
  const never = createCrashSwitch(null)
  const others = createCrashSwitch({ point: 'C7', hit: 2 })
  for (const name of ['C1', 'C5', 'C6', 'C7', 'C17', 'C18'] as const) {
    never.reached(name)
    others.reached(name)
  }
  expect(never.reached('C7')).toBeUndefined()
})
