/** Runs work one at a time per key, in the order it came; different keys do not wait for each other. */
export function keyedTurns(): { run(key: string, work: () => Promise<void>): Promise<void> } {
  const tails = new Map<string, Promise<void>>()
  return {
    run: (key, work) => {
      const before = tails.get(key) ?? Promise.resolve()
      const turn = before.then(work, work)
      tails.set(key, turn)
      const forget = () => {
        if (tails.get(key) === turn) tails.delete(key)
      }
      turn.then(forget, forget)
      return turn
    },
  }
}
