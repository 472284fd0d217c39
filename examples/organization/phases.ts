/** The order of a rollout. Each phase has all that is before it. */
export const PHASES = ['measure', 'default', 'enforce', 'deny'] as const;

export type Phase = typeof PHASES[number];

export function phaseOf(name: unknown): Phase {
  const phase = PHASES.find(each => each === name);
  if (!phase) throw new Error(`the phase must be one of ${PHASES.join(', ')}, got ${name}`);
  return phase;
}

/** Whether a rollout is as far as a phase, or farther. */
export function hasReached(now: Phase, phase: Phase): boolean {
  return PHASES.indexOf(now) >= PHASES.indexOf(phase);
}
