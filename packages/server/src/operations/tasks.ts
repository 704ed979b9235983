import type { Chance } from '@tandem/sync/ports/chance.ts'
import type { Answer } from '../problem.ts'
import { answer, problem } from '../problem.ts'
import type { PassResultView, ProgressView, TaskView } from '../views/task.ts'

/** Passes that a person started in this process, with their progress. In memory: the run itself is durable. */
export interface TaskBoard {
  start(connectionId: string, job: (report: (event: ProgressView) => void) => Promise<Answer<PassResultView>>): TaskView
  /** Progress after a number; waits for news while the task runs. */
  read(id: string, after: number): Promise<Answer<TaskView>>
}

interface Task {
  readonly id: string
  readonly connectionId: string
  events: ProgressView[]
  /** Events that the ring has dropped. */
  dropped: number
  outcome: Answer<PassResultView> | undefined
  wake: () => void
  news: Promise<void>
}

const WAIT_MS = 10_000
const EVENTS_KEPT = 5_000
const TASKS_KEPT = 50

export function createTaskBoard(chance: Chance): TaskBoard {
  const tasks = new Map<string, Task>()

  function forgetOldest() {
    for (const [id, task] of tasks) {
      if (tasks.size <= TASKS_KEPT) return
      if (task.outcome !== undefined) tasks.delete(id)
    }
  }

  return {
    start(connectionId, job) {
      const task: Task = { id: chance.uuid(), connectionId, events: [], dropped: 0, outcome: undefined, ...bell() }
      tasks.set(task.id, task)
      forgetOldest()
      void job((event) => note(task, event)).then((outcome) => {
        task.outcome = outcome
        ring(task)
      })
      return view(task, 0)
    },
    async read(id, after) {
      const task = tasks.get(id)
      if (task === undefined) {
        return problem('notFound', `There is no task ${id} in this process.`, 'Look at the runs instead: tandem runs.')
      }
      if (task.outcome === undefined && after >= task.dropped + task.events.length) await soon(task.news)
      return answer(view(task, after))
    },
  }
}

function note(task: Task, event: ProgressView) {
  task.events.push(event)
  if (task.events.length > EVENTS_KEPT) {
    task.dropped += EVENTS_KEPT / 2
    task.events = task.events.slice(EVENTS_KEPT / 2)
  }
  ring(task)
}

function bell(): { wake: () => void; news: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { wake: () => resolve(), news: promise }
}

function ring(task: Task) {
  task.wake()
  Object.assign(task, bell())
}

async function soon(news: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, WAIT_MS)
  await Promise.race([news, promise])
  clearTimeout(timer)
}

function view(task: Task, after: number): TaskView {
  const next = task.dropped + task.events.length
  return {
    id: task.id,
    connectionId: task.connectionId,
    state: task.outcome === undefined ? 'running' : task.outcome.type === 'ok' ? 'finished' : 'failed',
    events: task.events.slice(Math.max(0, after - task.dropped)),
    next,
    result: task.outcome?.type === 'ok' ? task.outcome.value : null,
    problem: task.outcome?.type === 'problem' ? task.outcome.problem : null,
  }
}
