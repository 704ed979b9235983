import { z } from 'zod'
import type { Verdict } from './verdict.ts'

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})
export type TestReport = z.infer<typeof report>

/** Vitest's own JSON report; null where it is none: vitest itself came to grief. */
export function readReport(text: string): TestReport | null {
  try {
    return report.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** A test that says what is wrong, by itself or through a property; anything else that is thrown proves nothing. */
const ASSERTION = /AssertionError|Property failed after|promise (?:resolved|rejected) "/

/** Red only by a failed assertion: a syntax error, a missing import or a time-out is no catch. */
export function verdictOf(read: TestReport): Verdict {
  const tests = read.testResults.flatMap((file) => file.assertionResults)
  const failed = tests.filter((test) => test.status === 'failed')
  const caught = failed.find((test) => test.failureMessages?.some((message) => ASSERTION.test(message)))
  if (caught !== undefined) return { type: 'red', by: caught.fullName }
  const [other] = failed
  if (other !== undefined)
    return broken(`"${other.fullName}" fails by no assertion: ${firstLine(other.failureMessages?.[0])}`)
  const file = read.testResults.find((one) => one.status === 'failed')
  if (file !== undefined) return broken(`${file.name} does not run: ${firstLine(file.message)}`)
  return tests.some((test) => test.status === 'passed') ? { type: 'green' } : broken('no test of this name')
}

/** The catchers' own tests without a mutant: how many of this file and name passed, and whether any failed. */
export function countOf(read: TestReport, of: { readonly path: string; readonly name: string | undefined }) {
  const files = read.testResults.filter((file) => file.name.endsWith(of.path))
  const tests = files.flatMap((file) => file.assertionResults).filter((test) => test.fullName.includes(of.name ?? ''))
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length,
  }
}

function broken(why: string): Verdict {
  return { type: 'broken', why }
}

function firstLine(text: string | undefined): string {
  return (text ?? '').split('\n')[0] ?? ''
}
