import { GuardRecord, RecordedStack, RecordedWeakness, RECORD_FILE } from './guard-record';
import { Guarding, weakerThan } from './weaker';
import { weakerMessage } from './weaker-message';
import { Finding } from '../findings/finding';
import { RuleId, RULES } from '../findings/rules';

/** A template of a folder of a cloud assembly, as it is now. */
export interface FoundTemplate {
  /** Its path from the folder, with `/`. */
  readonly key: string;

  /** As in a report. */
  readonly file: string;
  readonly stack: string;

  /** The SHA-256 of it, in hex; absent where it cannot be read. */
  readonly sha256?: string;
}

export interface PlacedRecordFinding {
  readonly finding: Finding;
  readonly place: { readonly file: string; readonly stack: string };
}

const PAGE = 'https://github.com/cdk-imds-guard/cdk-imds-guard/blob/main/docs/proof.md';
const CHANGED = 'it is another than the guard left: it was changed afterwards';
const AGAIN = 'synthesize again, and deploy what was synthesized as it is';

/** What is asked for, by the path of a stack or of a scope in one; the record says which of the organization's overrides held for it. */
export type Asked = (path: string, record: GuardRecord) => Guarding;

/** Why a template is not known to be as the guard left it: every reason that the record gives. */
export function notGuarded(record: GuardRecord, template: FoundTemplate, asked: Asked): PlacedRecordFinding[] {
  const { switchedOff } = record;
  if (switchedOff !== undefined) {
    return [unproven(template, `the guard was switched off (${switchedOff}) when it was made`, 'synthesize again without switching it off')];
  }
  const hash = Object.hasOwn(record.templates, template.key) ? record.templates[template.key] : undefined;
  const stack = record.stacks.find(each => each.template === template.key);
  return [
    ...hash === undefined ? [unproven(template, `${RECORD_FILE} of its folder does not list it, so it was added afterwards`, AGAIN)]
      : hash !== template.sha256 ? [unproven(template, CHANGED, AGAIN)] : [],
    ...stack ? unguarded(stack, record, asked).map(([why, fix]) => unproven(template, why, fix, stack.path)) : [],
  ];
}

/** For a template without any record. */
export function withoutRecord(template: Omit<FoundTemplate, 'key'>, why: string): PlacedRecordFinding {
  return unproven(template, why, 'synthesize with the guard (ImdsGuard.enforce, imds-guard run or the preload), and check the folder that this writes');
}

/** What the record lists, and the check does not read as a template. */
export function changedBeside(template: Omit<FoundTemplate, 'key'>): PlacedRecordFinding {
  return unproven(template, CHANGED, AGAIN);
}

/** A template that the record lists, but that is not there. */
export function missing(template: Omit<FoundTemplate, 'key'>): PlacedRecordFinding {
  return unproven(template, `${RECORD_FILE} of its folder lists it, but it is not there`, AGAIN);
}

function unguarded({ path, mode, settings }: RecordedStack, record: GuardRecord, asked: Asked): [why: string, fix: string][] {
  if (mode === undefined) { return [['nobody guarded this stack', 'call ImdsGuard.enforce on the app, or use imds-guard run or the preload']]; }
  const weaker = weakerThan(asked(path, record), { mode, settings });
  return weaker.length === 0 ? [] : [[`the guard was weaker than asked: ${weaker.join(', ')}`, 'guard the app with what is asked for, and synthesize again']];
}

/** What inner calls of an app asked for less: they are listed, and fail where that is forbidden or weaker than what is asked for. */
export function weakerInside(record: GuardRecord, templates: readonly FoundTemplate[], { asked, isForbidden }: {
  readonly asked?: Asked; readonly isForbidden: boolean;
}): PlacedRecordFinding[] {
  return record.weaker.flatMap(call => {
    const { outcome, scope, isObserved, mode, settings } = call;
    const template = templateAround(call, record, templates);
    if (!template) { return []; }
    const isRefused = !isObserved && (outcome === 'forbidden' || (outcome === 'counts' && isForbidden));
    const less = asked && outcome === 'counts' ? weakerThan(asked(scope, record), { mode, settings }) : [];
    return [
      finding(isRefused ? 'exemption-not-allowed' : 'weaker-inside', template, weakerMessage(call), FIX, scope),
      ...less.length === 0 ? [] : [unproven(template, `the guard was weaker than asked on ${scope || 'the app'}: ${less.join(', ')}`, FIX, scope)],
    ];
  });
}

const FIX = 'remove the call or what is weaker in it, or agree on what is allowed';

/** The innermost stack that a scope is in; for a scope around stacks, the first of them. */
function templateAround({ scope }: RecordedWeakness, { stacks }: GuardRecord, templates: readonly FoundTemplate[]): FoundTemplate | undefined {
  const isWithin = (path: string, outer: string): boolean => outer === '' || path === outer || path.startsWith(`${outer}/`);
  const [around] = stacks.filter(({ path }) => isWithin(scope, path)).sort((one, other) => other.path.length - one.path.length);
  const stack = around ?? stacks.find(({ path }) => isWithin(path, scope));
  return templates.find(({ key }) => key === stack?.template) ?? templates[0];
}

function unproven(template: Omit<FoundTemplate, 'key'>, why: string, fix: string, constructPath?: string): PlacedRecordFinding {
  return finding('not-guarded', template, why, fix, constructPath);
}

function finding(rule: RuleId, { file, stack }: Omit<FoundTemplate, 'key'>, reason: string, fix: string, constructPath?: string): PlacedRecordFinding {
  return {
    finding: { rule, verdict: RULES[rule].verdict, logicalId: '', type: '', constructPath, path: '', values: [], reason, fix, page: PAGE },
    place: { file, stack },
  };
}
