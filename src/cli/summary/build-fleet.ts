import { App, AppVerdict, Figures, Fleet, OwnerCount, RuleCount, TotalName, TOTALS, Totals, VERDICTS } from './fleet';
import { named } from './names';
import { isDay } from '../../engine/exemptions/calendar';
import { Report, ReportedExemption } from '../../engine/findings/report';
import { clipped } from '../../engine/text/visible';

/** A text of a report that is kept, at most so long. */
const LONGEST = 200;

/** Takes reports one by one and keeps what the summary needs, so that memory holds one report at a time. */
export class FleetBuilder {
  private readonly apps: (Omit<App, 'name'> & { readonly name?: string })[] = [];
  private readonly problems: { file: string; message: string }[] = [];
  private readonly rules = new Map<string, { findings: number; apps: number }>();
  private readonly owners = new Map<string | undefined, { exemptions: number; apps: number; void: number; nextEnd?: string }>();

  public add(file: string, report: Report): void {
    const name = report.name === undefined || report.name.trim() === '' ? undefined : clipped(report.name, LONGEST);
    this.apps.push({ name, file, verdict: verdictOf(report), figures: figuresOf(report) });
    this.countRules(report);
    this.countOwners(report);
  }

  /** A file in which a report was expected. */
  public refuse(file: string, message: string): void {
    this.apps.push({ file, verdict: 'not readable' });
    this.problems.push({ file, message });
  }

  /** An input that leads to no file. */
  public miss(file: string, message: string): void {
    this.problems.push({ file, message });
  }

  public build({ version, date, passedOver }: { readonly version: string; readonly date: string; readonly passedOver: number }): Fleet {
    const apps = named(this.apps).map(({ name, file, verdict, figures }): App => ({ name, file, verdict, ...figures && { figures } })).sort(byNeed);
    return {
      schemaVersion: 1,
      kind: 'summary',
      tool: { name: 'imds-guard', version },
      date,
      exitCode: this.problems.length > 0 || apps.length === 0 ? 2 : exitCodeOf(apps),
      totals: totalsOf(apps),
      apps,
      rules: [...this.rules].map(([rule, counts]): RuleCount => ({ rule, ...counts }))
        .sort((a, b) => b.findings - a.findings || order(a.rule, b.rule)),
      owners: [...this.owners].map(([owner, counts]): OwnerCount => ({ ...owner !== undefined && { owner }, ...counts }))
        .sort((a, b) => b.exemptions - a.exemptions || order(a.owner ?? '', b.owner ?? '')),
      problems: this.problems,
      passedOver,
    };
  }

  private countRules({ findings }: Report): void {
    const met = new Set<string>();
    for (const finding of findings.filter(({ status }) => status === 'new')) {
      const rule = clipped(finding.rule, LONGEST);
      const { findings: count, apps } = this.rules.get(rule) ?? { findings: 0, apps: 0 };
      this.rules.set(rule, { findings: count + 1, apps: met.has(rule) ? apps : apps + 1 });
      met.add(rule);
    }
  }

  private countOwners({ exemptions }: Report): void {
    const met = new Set<string | undefined>();
    for (const exemption of exemptions) {
      const owner = exemption.owner === undefined || exemption.owner.trim() === '' ? undefined : clipped(exemption.owner, LONGEST);
      const before = this.owners.get(owner) ?? { exemptions: 0, apps: 0, void: 0 };
      const nextEnd = earliest([before.nextEnd, holds(exemption) ? exemption.until : undefined]);
      this.owners.set(owner, {
        exemptions: before.exemptions + 1,
        apps: before.apps + (met.has(owner) ? 0 : 1),
        void: before.void + (['expired', 'invalid', 'not allowed'].includes(exemption.state) ? 1 : 0),
        ...nextEnd !== undefined && { nextEnd },
      });
      met.add(owner);
    }
  }
}

function verdictOf({ exitCode, counts, findings }: Report): AppVerdict {
  if (exitCode === 2) { return 'incomplete'; }
  if (exitCode === 1) { return 'failed'; }
  return counts.cannotTell > 0 || findings.some(({ status, verdict }) => status === 'new' && verdict === 'cannot tell') ? 'undecided' : 'passed';
}

function figuresOf({ date, tool, counts, exemptions, problems, passedOver, settings }: Report): Figures {
  const { templates, resources, compliant, violation, cannotTell, notGoverned, newErrors, exempt, baseline } = counts;
  const nextEnd = earliest(exemptions.filter(holds).map(({ until }) => until));
  return {
    date,
    guard: clipped(tool.version, LONGEST),
    templates,
    resources,
    compliant,
    violation,
    cannotTell,
    notGoverned,
    newErrors,
    exempt,
    ...nextEnd !== undefined && { nextEnd },
    baseline,
    unreadable: problems.length,
    passedOver: passedOver?.count ?? 0,
    ...settings && { settings: { by: [...new Set(settings.files.map(({ by }) => clipped(by, LONGEST)))], loosened: settings.loosened.length } },
  };
}

function holds({ state }: ReportedExemption): boolean {
  return state === 'active' || state === 'expiring';
}

/** Days sort by time as they are written. */
function earliest(days: readonly (string | undefined)[]): string | undefined {
  return days.filter(isDay).sort()[0];
}

function exitCodeOf(apps: readonly App[]): 0 | 1 | 2 {
  const has = (...verdicts: readonly AppVerdict[]): boolean => apps.some(({ verdict }) => verdicts.includes(verdict));
  return has('not readable', 'incomplete') ? 2 : has('failed') ? 1 : 0;
}

function totalsOf(apps: readonly App[]): Totals {
  const sum = (name: TotalName): number => apps.reduce((total, { figures }) => total + (figures?.[name] ?? 0), 0);
  return {
    reports: apps.length,
    byVerdict: Object.fromEntries(VERDICTS.map(verdict => [verdict, apps.filter(each => each.verdict === verdict).length])) as Totals['byVerdict'],
    ...Object.fromEntries(TOTALS.map(name => [name, sum(name)])) as Record<TotalName, number>,
  };
}

function byNeed(a: App, b: App): number {
  return VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict)
    || (b.figures?.newErrors ?? 0) - (a.figures?.newErrors ?? 0)
    || (b.figures?.violation ?? 0) - (a.figures?.violation ?? 0)
    || (b.figures?.cannotTell ?? 0) - (a.figures?.cannotTell ?? 0)
    || order(a.name, b.name) || order(a.file, b.file);
}

/** The same on every machine, whatever its language. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
