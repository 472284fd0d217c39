import { Policy, POLICY_KIND_NAMES, POLICY_KINDS, PolicyKind, PolicyKindName } from './policy-kinds';
import { PolicyOptions, policyOptions, RawPolicyOptions } from './policy-options';
import { Terminal } from './terminal';
import { nearest } from '../engine/text/did-you-mean';
import { clipped, visible } from '../engine/text/visible';
import { Mistake } from '../settings/mistake';

/** Prints a policy to standard output, and what to know about it to standard error. */
export function policy(name: string, raw: RawPolicyOptions, terminal: Pick<Terminal, 'stdout' | 'stderr'>): void {
  const kind = kindOf(name);
  const options = policyOptions(raw);
  const { content, cautions = [], quota } = kind.render(options);
  if (typeof content === 'string' && (raw.format ?? raw.compact) !== undefined) {
    throw new Mistake(`${name} is text of its own; leave ${raw.format === undefined ? '--compact' : '--format'} out`);
  }
  const text = typeof content === 'string' ? content : written(documentOf(content, options.part), options);
  const told = [...withoutEffect(name as PolicyKindName, raw), ...cautions, ...quota ? asPrinted(text, options, quota) : []];
  terminal.stdout(text);
  told.forEach(each => terminal.stderr(`imds-guard: ${each}\n`));
}

const OF_STATEMENTS = ['scp', 'iam', 'boundary'] as const;

/** Options that some kinds alone know. Kinds that have no exemptions refuse them with the reason. */
const ONLY_FOR: readonly (readonly [option: keyof RawPolicyOptions, flag: string, kinds: readonly PolicyKindName[]])[] = [
  ['hopLimit', '--hop-limit', ['ec2-policy']],
  ['defaultsOnly', '--defaults-only', ['ec2-policy']],
  ['message', '--message', ['ec2-policy']],
  ['endpoint', '--endpoint', [...OF_STATEMENTS, 'ec2-policy', 'guard']],
  ['region', '--region', ['config-pack']],
  ['partition', '--partition', OF_STATEMENTS],
  ['with', '--with', OF_STATEMENTS],
  ['without', '--without', OF_STATEMENTS],
];

/** No mistake, since the same options may make every kind; but nobody should believe that they did something. */
function withoutEffect(name: PolicyKindName, raw: RawPolicyOptions): string[] {
  return ONLY_FOR.filter(([option, , kinds]) => raw[option] !== undefined && !kinds.includes(name))
    .map(([, flag, kinds]) => `${flag} has no effect on ${name}: it is for ${kinds.join(', ')}`);
}

function kindOf(name: string): PolicyKind {
  const found = POLICY_KIND_NAMES.find(each => each === name);
  if (found) { return POLICY_KINDS[found]; }
  const similar = nearest(name, POLICY_KIND_NAMES);
  throw new Mistake(`the policies are ${POLICY_KIND_NAMES.join(', ')}; got ${JSON.stringify(visible(clipped(name, 60)))}`
    + (similar ? `, did you mean ${similar}?` : ''));
}

/** One file cannot hold two policies, and one of them alone would leave out half. */
function documentOf(documents: readonly object[], part: number | undefined): object {
  if (part === undefined && documents.length > 1) {
    throw new Mistake(`the statements need ${documents.length} policies, attached together; print them one by one with `
      + documents.map((_, i) => `--part ${i + 1}`).join(', '));
  }
  const found = documents[(part ?? 1) - 1];
  if (!found) { throw new Mistake(`there is no --part ${part}: the statements fit into ${documents.length === 1 ? 'one policy' : `${documents.length} policies`}`); }
  return found;
}

function written(document: object, { format, isCompact }: PolicyOptions): string {
  if (format === 'json') { return `${JSON.stringify(document, undefined, isCompact ? undefined : 2)}\n`; }
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { dump } = require('js-yaml') as typeof import('js-yaml');
  return dump(document, { lineWidth: -1, noRefs: true });
}

/** A file is counted with its line breaks and indentation when it is uploaded. */
function asPrinted(text: string, { format }: PolicyOptions, { characters, countsWhitespace }: NonNullable<Policy['quota']>): string[] {
  const size = text.trimEnd().length;
  return format === 'json' && countsWhitespace && size > characters
    ? [`with its white space it has ${size} characters, of which AWS takes ${characters} in an uploaded file; print it with --compact`] : [];
}
