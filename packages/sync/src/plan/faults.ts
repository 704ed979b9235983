import type { Fault } from '../mapping/contract.ts'
import type { Value } from '../model/value.ts'

type Verdict =
  | { readonly type: string }
  | { readonly type: 'hold'; readonly code: Fault['code']; readonly detail: string; readonly also?: readonly Fault[] }

/** What a verdict holds for: its reason, and whatever else was found on the way. */
export function faultsOf(verdict: Verdict): readonly Fault[] {
  if (verdict.type !== 'hold' || !('code' in verdict)) return []
  return [{ code: verdict.code, detail: verdict.detail }, ...(verdict.also ?? [])]
}

/** In words all of them, and each with its code where there are several (R34). */
export function faultDetail(first: Fault, faults: readonly Fault[]): Value {
  if (faults.length < 2) return first.detail
  return {
    detail: faults.map((fault) => fault.detail).join('. '),
    faults: faults.map(({ code, detail }) => ({ code, detail })),
  }
}
