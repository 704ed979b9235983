import { CALL_FAILURES, DOUBLE_FAILURES, TOKEN_FAILURES } from './call-failures.ts'
import { CRASHES } from './crash-failures.ts'
import type { FailureKind } from './failure.ts'
import { JOURNEYS, type Journey } from './journeys.ts'
import { OPERATION_FAILURES, STATEMENT_FAILURES } from './store-failures.ts'

export type GroupName = 'calls' | 'calls in a row' | 'token endpoints' | 'crashes' | 'operations' | 'statements'

export const GROUPS: Readonly<Record<GroupName, readonly FailureKind[]>> = {
  calls: CALL_FAILURES,
  'calls in a row': DOUBLE_FAILURES,
  'token endpoints': TOKEN_FAILURES,
  crashes: CRASHES,
  operations: OPERATION_FAILURES,
  statements: STATEMENT_FAILURES,
}

/** What `npm test` leaves out: it strikes every how many-th opportunity. `npm run nth-failure` strikes all. */
export const TEST_STRIDES: Readonly<Record<Journey['name'], Readonly<Record<GroupName, number>>>> = {
  'first sync': { calls: 5, 'calls in a row': 7, 'token endpoints': 2, crashes: 7, operations: 37, statements: 251 },
  delta: { calls: 5, 'calls in a row': 5, 'token endpoints': 2, crashes: 7, operations: 29, statements: 211 },
  'on save': { calls: 1, 'calls in a row': 1, 'token endpoints': 1, crashes: 2, operations: 11, statements: 73 },
}

export interface PlannedSeries {
  readonly journey: Journey
  readonly group: GroupName
  readonly kind: FailureKind
  /** What `npm test` uses. */
  readonly stride: number
}

export function seriesOf(
  groups: readonly GroupName[],
  journeys: readonly Journey[] = JOURNEYS,
): readonly PlannedSeries[] {
  return journeys.flatMap((journey) =>
    groups.flatMap((group) =>
      GROUPS[group].map((kind) => ({ journey, group, kind, stride: TEST_STRIDES[journey.name][group] })),
    ),
  )
}
