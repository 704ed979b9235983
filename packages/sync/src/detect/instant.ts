/** Whole-second arithmetic on ISO instants: both remotes filter in whole seconds (design section 4, detect). */
export function secondOf(instant: string): string {
  return new Date(Math.floor(Date.parse(instant) / 1000) * 1000).toISOString()
}

export function addSeconds(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString()
}

export function laterOf(left: string | null, right: string): string {
  return left === null || Date.parse(right) > Date.parse(left) ? right : left
}
