import { expect, test } from 'vitest'
import { mentionsIn } from './check-docs.mts'

const paths = (markdown: string) => mentionsIn(markdown).map((mention) => mention.path)

test('files in backticks and links are found; a renamed file would otherwise stay in the documents for ever', () => {
  expect(paths('See `packages/sync/src/pass.ts` and [the spec](SPEC.md#links).')).toEqual([
    'packages/sync/src/pass.ts',
    'SPEC.md',
  ])
})

test('commands, web addresses, patterns and other repositories are no mentions', () => {
  expect(paths('`npm test`, `../shared/design.md`, [x](https://x.example/a.md), `packages/*/src`, `a.b`')).toEqual([])
})

test('a line number or anchor does not hide a missing file', () => {
  expect(paths('`packages/server/src/gone.ts:12`')).toEqual(['packages/server/src/gone.ts'])
})
