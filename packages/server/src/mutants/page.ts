import { labelOf, type Mutant } from './mutant.ts'

const HEAD = `# Guards that a switch turns off

Every guard below can be taken away by a switch; each must then turn the named test red by a failed assertion. A mutant that
stays green, or whose place in the source is gone, fails the build: a guard that no test misses is a guard that the next change
may lose. This page is written by \`npm run mutants -- --page\`, and a test compares it with the list in
\`packages/server/src/mutants/list.ts\`.

- \`npm run mutants\` runs them all, two at a time, after a run of the same tests with every guard in its place;
  \`npm run mutants -- --only NAME\` runs one.
- The switch is \`TANDEM_MUTANT=NAME\`. The source is patched as it is loaded, never on disk; the engine knows nothing of it.
  With vitest: \`TANDEM_MUTANT=no-lane-lock npx vitest run <path>\`. With Node:
  \`TANDEM_MUTANT=no-lane-lock node --import ./packages/server/src/mutants/register.ts <script>\`.
- A new guard gets its mutant here: an exact snippet that stands once in its file, what stands there without the guard, and the
  cheapest test that must turn red.
`

/** `docs/mutants.md`, from the list. */
export function mutantsPage(mutants: readonly Mutant[]): string {
  const rows = mutants.map(({ name, guard, invariant, caughtBy }) => {
    const catchers = caughtBy.map((catcher) => escaped(labelOf(catcher).replace(/^packages\//, ''))).join('<br>')
    return `| \`${name}\` | ${escaped(guard)} | ${invariant} | ${catchers} |`
  })
  const table = [
    '| switch | what is taken away | breaks | caught by (below `packages/`) |',
    '| --- | --- | --- | --- |',
    ...rows,
  ]
  return `${HEAD}\n${table.join('\n')}\n`
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|')
}
