import { join } from 'node:path'
import { createVitest, type TestCase, type TestModule, type Vitest } from 'vitest/node'
import { z } from 'zod'
import { chosenMutant, SWITCH } from './chosen.ts'
import { patcherFor } from './patch.ts'
import type { TestReport } from './test-report.ts'
import type { TestRun } from './tester.ts'
import { patchPlugin } from './vitest-plugin.ts'

/*
 * The process behind `tester.ts`: one vitest for many runs, each as another mutant. What the mutant touches is forgotten
 * before and after its run; every run has workers of its own.
 */

const root = join(import.meta.dirname, '../../../..')
const asked = z.object({ mutant: z.string().nullable(), paths: z.array(z.string()), names: z.array(z.string()) })

let patch = (_path: string, source: string) => source

async function open(): Promise<Vitest> {
  const plugin = patchPlugin((path, source) => patch(path, source))
  const vitest = await createVitest({ watch: false, root, reporters: [{}], maxWorkers: 1 }, { plugins: [plugin] })
  await vitest.standalone()
  return vitest
}

async function runAs(vitest: Vitest, { mutant: name, paths, names }: TestRun): Promise<TestReport> {
  const mutant = chosenMutant(name ?? '')
  const touched = [...new Set(mutant?.patches.map(({ file }) => join(root, file)))]
  const forget = () => touched.forEach((path) => void vitest.invalidateFile(path))
  patch = mutant === null ? (_path, source) => source : patcherFor(mutant, root)
  // For what the tests start by themselves.
  process.env[SWITCH] = name ?? ''
  forget()
  const options = names.length === 0 ? {} : { testNamePattern: new RegExp(names.map(escaped).join('|')) }
  const files = paths.map((path) => join(root, path))
  const project = vitest.getRootProject()
  const ran = await vitest.runTestSpecifications(files.map((file) => project.createSpecification(file, options)))
  forget()
  // Vitest answers with what it has ever run.
  return { testResults: ran.testModules.filter(({ moduleId }) => files.includes(moduleId)).map(resultOf) }
}

function resultOf(module: TestModule): TestReport['testResults'][number] {
  return {
    name: module.moduleId,
    status: module.state(),
    message: module.errors()[0]?.message ?? '',
    assertionResults: [...module.children.allTests()].map((test) => ({
      fullName: nameOf(test),
      status: test.result().state,
      failureMessages: (test.result().errors ?? []).map(({ stack, message }) => stack ?? message),
    })),
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')
}

function nameOf(test: TestCase): string {
  const names = [test.name]
  for (let { parent } = test; parent.type === 'suite'; parent = parent.parent) names.unshift(parent.name)
  return names.join(' ')
}

const vitest = open()
process.on('message', async (message) => {
  try {
    process.send?.(JSON.stringify(await runAs(await vitest, asked.parse(message))))
  } catch (failure) {
    process.send?.(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure))
  }
})
process.on('disconnect', () => process.exit(0))
