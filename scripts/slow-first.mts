import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Folders of tests that take longest, first of all what takes minutes: alone at the end they would leave a core idle. */
const SLOWEST = ['/test/slow/', '/test/e2e/', '/test/engine/', '/test/regression/', '/test/store/'] as const

/** Without a cache of earlier runs vitest begins with the largest files; ours that take longest are among the smallest. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files)
    return bySize.toSorted((left, right) => rank(left) - rank(right))
  }
}

function rank({ moduleId }: TestSpecification): number {
  const found = SLOWEST.findIndex((folder) => moduleId.includes(folder))
  return found === -1 ? SLOWEST.length : found
}
