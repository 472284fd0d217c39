import { execFileSync } from 'child_process';
import { join } from 'path';

const COMMAND = join(__dirname, '..', 'bin', 'imds-guard');
const MOST_OUTPUT = 256 * 1024 * 1024;

/** What `imds-guard check` says about an assembly. */
export interface Checked {
  readonly exitCode: number;
  readonly resources: number;
  readonly required: number;
  readonly violations: number;
  readonly cannotTell: number;
  /** Errors and warnings: rule and construct path. */
  readonly findings: readonly string[];
}

interface Report {
  readonly exitCode: number;
  readonly counts: { readonly resources: number; readonly compliant: number; readonly violation: number; readonly cannotTell: number };
  readonly problems: readonly { readonly message: string }[];
  readonly findings: readonly Finding[];
}

interface Finding {
  readonly rule: string;
  readonly level: string;
  readonly constructPath?: string;
  readonly logicalId?: string;
}

export function check(assembly: string, ...options: readonly string[]): Checked {
  const { exitCode, counts, problems, findings }: Report = JSON.parse(reportOf(assembly, options));
  return {
    exitCode,
    resources: counts.resources,
    required: counts.compliant,
    violations: counts.violation,
    cannotTell: counts.cannotTell,
    findings: [
      ...problems.map(({ message }) => message),
      ...findings.filter(({ level }) => level !== 'note').map(({ level, rule, constructPath, logicalId }) => `${level} ${rule} ${constructPath ?? logicalId}`),
    ],
  };
}

function reportOf(assembly: string, options: readonly string[]): string {
  const args = [COMMAND, 'check', assembly, '--format', 'json', ...options];
  try {
    return execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: MOST_OUTPUT, stdio: ['ignore', 'pipe', 'pipe'], cwd: assembly });
  } catch (error) {
    const { status, stdout, stderr } = error as { status?: number; stdout?: string; stderr?: string };
    if (status === 1 && stdout) { return stdout; }
    throw new Error(`imds-guard check ended with ${status}: ${stderr?.trim()}`);
  }
}
