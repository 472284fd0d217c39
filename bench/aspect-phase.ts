import { child, goal, median } from './child';

/** On a machine that has nothing else to do. User data is read for containers, and tags are looked through for version numbers. */
const SEEN = {
  ofEmpty: { seen: 5.5, on: '2026-11-29' },
  ofCdk: { seen: 1.4, on: '2026-11-29' },
  memory: { seen: 1.04, on: '2026-11-29' },
};

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly added: number;
}

const VARIANTS = {
  none: 'no aspect',
  empty: '(a) an empty visitor',
  cdk: "(b) CDK's three aspects",
  aspect: '(c) RequireImdsv2',
  guard: '(d) ImdsGuard.enforce',
};
type Variant = keyof typeof VARIANTS;

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 5000];
for (const size of sizes) {
  const processes = size > 2000 ? 5 : 9;
  console.log(`\nthe aspect phase, ${size} instances, ${size} launch templates, ${10 * size} other resources (median of ${processes} processes)`);
  const measured = measure(size, processes);

  for (const [variant, name] of Object.entries(VARIANTS)) {
    const { milliseconds, megabytes, added } = measured[variant as Variant];
    console.log(`          ${name.padEnd(24)} ${milliseconds.toFixed(0).padStart(7)} ms ${megabytes.toFixed(0).padStart(6)} MB ${String(added).padStart(6)} resources added`);
  }
  const cost = (variant: Variant) => measured[variant].milliseconds - measured.none.milliseconds;
  for (const variant of ['aspect', 'guard'] as const) {
    console.log(`  ${VARIANTS[variant]}`);
    goal('cost, as a multiple of (a)', cost(variant) / cost('empty'), SEEN.ofEmpty);
    goal('cost, as a multiple of (b)', cost(variant) / cost('cdk'), SEEN.ofCdk);
    goal('peak memory, as a multiple of (a)', measured[variant].megabytes / measured.empty.megabytes, SEEN.memory);
    goal('resources added', measured[variant].added, 0);
  }
}

/** The variants take turns, so that a slow minute of the machine falls on all of them. */
function measure(size: number, processes: number): Record<Variant, Measured> {
  const variants = Object.keys(VARIANTS) as Variant[];
  const runs = Array.from({ length: processes }, () => variants.map(variant => child<Measured>('aspect-phase.child.ts', variant, String(size))));
  return Object.fromEntries(variants.map((variant, v) => [variant, {
    milliseconds: median(runs.map(run => run[v].milliseconds)),
    megabytes: median(runs.map(run => run[v].megabytes)),
    added: runs[0][v].added,
  }])) as Record<Variant, Measured>;
}
