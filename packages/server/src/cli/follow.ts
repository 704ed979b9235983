import type { Operations } from '../operations/contract.ts'
import { type Answer, answer, type Failed, PROBLEM_CODES } from '../problem.ts'
import type { PassResultView, ProgressView, TaskRequest } from '../views/task.ts'

/** Starts a pass and stays with it to its end. */
export async function runTask(
  operations: Operations,
  request: TaskRequest,
  show: (event: ProgressView) => void,
): Promise<Answer<PassResultView>> {
  const started = await operations.startTask(request)
  if (started.type === 'problem') return started
  let after = 0
  for (;;) {
    const task = await operations.task(started.value.id, after)
    if (task.type === 'problem') return task
    for (const event of task.value.events) show(event)
    after = task.value.next
    if (task.value.problem !== null) return failed(task.value.problem)
    if (task.value.result !== null) return answer(task.value.result)
  }
}

function failed(said: { readonly code: string; readonly title: string; readonly fix: string }): Failed {
  const code = PROBLEM_CODES.find((known) => known === said.code) ?? 'bug'
  return { type: 'problem', problem: { ...said, code } }
}
