import { expect, test } from 'vitest'
import { inParallel } from './parallel.ts'

function tasksOf(count: number, fails: readonly number[] = []) {
  const started: number[] = []
  const ended: number[] = []
  let under = 0
  let most = 0
  const tasks = Array.from({ length: count }, (_, at) => async () => {
    started.push(at)
    under += 1
    most = Math.max(most, under)
    await Promise.resolve()
    await Promise.resolve()
    under -= 1
    if (fails.includes(at)) throw new Error(`task ${at}`)
    ended.push(at)
  })
  return { tasks, started, ended, most: () => most }
}

test('never more than the width are under way: the remote refuses the sixth call in flight (I6)', async () => {
  const under = tasksOf(10)
  await inParallel(under.tasks, 3)
  expect(under.most()).toBe(3)
  expect(under.ended).toHaveLength(10)
})

test.each([0, -1])('a width of %i still works, one by one: a missing trait must not stop the sync', async (width) => {
  const under = tasksOf(3)
  await inParallel(under.tasks, width)
  expect(under.started).toEqual([0, 1, 2])
  expect(under.most()).toBe(1)
})

test('after a failure nothing new is started, and what is under way ends before it surfaces (no write without a record)', async () => {
  const under = tasksOf(10, [1])
  await expect(inParallel(under.tasks, 3)).rejects.toThrow('task 1')
  expect(under.started.length).toBeLessThan(10)
  expect(under.ended.length).toBe(under.started.length - 1)
})

test('the first of several failures is the one that surfaces', async () => {
  await expect(inParallel(tasksOf(3, [2, 0]).tasks, 1)).rejects.toThrow('task 0')
})
