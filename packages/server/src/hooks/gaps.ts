/**
 * Notices that a delivery of Xero's is missing: its sequence numbers count up (xero.md 6; their scope is unverified, so
 * a gap costs one poll and no more). In memory: a process that starts anew polls both sides anyway.
 */
export interface GapWatch {
  isGap(first: number, last: number): boolean
}

export function createGapWatch(): GapWatch {
  let seen: number | undefined
  return {
    isGap(first, last) {
      const before = seen
      seen = Math.max(last, seen ?? last)
      return before !== undefined && first > before + 1
    },
  }
}
