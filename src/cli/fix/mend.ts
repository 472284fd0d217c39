import { ABOUT_TOKENS, Candidates, Mending, reasonKey } from './candidates';
import { hardened } from './hardened';
import { encoded, readText, TextFile } from './text-file';
import { EditedTemplate, editTemplate } from '../../edit/edit-template';
import { acknowledgementsIn } from '../../engine/exemptions/acknowledgements';
import { JudgedTemplate, ReportInput } from '../../engine/exemptions/report-input';
import { Problem, Report } from '../../engine/findings/report';
import { isObject } from '../../engine/json/json';
import { judgeAll } from '../../engine/judge/judge';
import { buildReport } from '../../engine/report/build-report';
import { Settings } from '../../engine/surfaces/settings';
import { InputTemplate } from '../../input/input-template';
import { positionsIn } from '../../input/positions';
import { locatorOfTemplate } from '../locate';

export interface MendedFile {
  readonly file: string;
  readonly before: Buffer;
  readonly after: Buffer;
  readonly texts: readonly [before: string, after: string];
  readonly edited: readonly string[];
}

export interface Mended {
  readonly files: readonly MendedFile[];
  readonly problems: readonly Problem[];

  /** Of the templates as they are afterwards. */
  readonly report: Report;

  /** Why a resource was not edited, by file and logical id. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** Edits what templates that are judged together need, judges them again, and takes back what did not help. Nothing is written here. */
export function mend(templates: readonly InputTemplate[], mending: Mending): Mended {
  const group = new Group(templates, mending);
  const useless = new Map<string, string>();
  for (;;) {
    const mended = group.mend(useless);
    const failing = group.stillFailing(mended);
    if (failing.length === 0) { return group.result(mended, useless); }
    failing.forEach(key => useless.set(key, 'the edit alone would not make it require IMDSv2'));
  }
}

interface Attempt {
  readonly edits: ReadonlyMap<string, EditedTemplate>;
  readonly templates: readonly JudgedTemplate[];
  readonly reasons: ReadonlyMap<string, string>;
}

class Group {
  private readonly byId: ReadonlyMap<string, InputTemplate>;
  private readonly values: ReadonlyMap<string, InputTemplate['parameterValues']>;
  private readonly candidates: Candidates;
  private readonly texts = new Map<string, TextFile | string>();
  private readonly refusals = new Map<string, string | undefined>();
  private readonly problems = new Map<string, string>();

  public constructor(private readonly templates: readonly InputTemplate[], private readonly mending: Mending) {
    this.byId = new Map(templates.map(each => [each.id, each]));
    this.values = new Map(mending.given.withValuesAmong(templates, true).map(({ id, parameterValues }) => [id, parameterValues]));
    this.candidates = new Candidates(templates, this.judge(templates), mending);
  }

  public mend(useless: ReadonlyMap<string, string>): Attempt {
    const reasons = new Map(useless);
    const wanted = new Map<string, Map<string, unknown>>();
    for (const { launcher, template, writing } of this.candidates.find(reasons)) {
      const key = reasonKey(template.file, launcher.logicalId);
      const text = reasons.has(key) ? undefined : this.textOf(template);
      if (typeof text !== 'object') {
        if (text !== undefined) { reasons.set(key, text); }
        continue;
      }
      const resource = isObject(text.value.Resources) ? text.value.Resources[launcher.logicalId] : undefined;
      if (!isObject(resource)) { reasons.set(key, 'a loop makes it, so it does not stand in the file itself'); continue; }
      const others = wanted.get(template.id) ?? new Map<string, unknown>();
      wanted.set(template.id, others.set(launcher.logicalId, hardened(resource, launcher, this.candidates.connections, writing)));
    }
    const edits = new Map([...wanted].map(([id, resources]) => [id, this.edit(this.byId.get(id)!, resources)]));
    edits.forEach(({ refused }, id) => refused.forEach((why, logicalId) => reasons.set(reasonKey(this.byId.get(id)!.file, logicalId), why)));
    const after = this.templates.map(each => edits.get(each.id)?.edited.length ? { ...each, template: edits.get(each.id)!.value } : each);
    return { edits, reasons, templates: this.judge(after) };
  }

  /** A file that must not be written now is refused only where it would be. */
  private edit(template: InputTemplate, resources: ReadonlyMap<string, unknown>): EditedTemplate {
    const before = this.textOf(template) as TextFile;
    const edit = editTemplate(before, resources);
    const refusal = edit.edited.length === 0 || template.path === undefined ? undefined : this.refusalOf(template.file, template.path);
    if (refusal === undefined) { return edit; }
    const refused = new Map([...edit.refused, ...edit.edited.map(each => [each, refusal] as const)]);
    return { text: before.text, value: before.value, edited: [], refused };
  }

  /** Edited resources about which the same is found again. */
  public stillFailing({ edits, templates }: Attempt): string[] {
    return [...edits].flatMap(([id, { edited }]) => {
      const place = templates.find(({ source }) => source.id === id)!;
      const failing = new Set(place.judgement.findings.filter(each => ABOUT_TOKENS.has(each.rule)).map(({ logicalId }) => logicalId));
      return edited.filter(each => failing.has(each)).map(each => reasonKey(place.file, each));
    });
  }

  public result({ edits, templates, reasons }: Attempt, useless: ReadonlyMap<string, string>): Mended {
    const files = [...edits].filter(([, { edited }]) => edited.length > 0).map(([id, { text, edited }]): MendedFile => {
      const { text: before, bytes } = this.textOf(this.byId.get(id)!) as TextFile;
      return { file: this.byId.get(id)!.file, before: bytes, after: encoded(text, bytes), texts: [before, text], edited };
    });
    const problems = [...this.problems].map(([file, message]) => ({ file, message }));
    const report = buildReport({ ...this.mending, templates, locate: this.locator(edits) });
    return { files, problems, report, reasons: new Map([...reasons, ...useless]) };
  }

  private judge(templates: readonly InputTemplate[]): JudgedTemplate[] {
    const { check } = this.mending.options;
    const settings: Settings = { maxHttpPutResponseHopLimit: check.maxHopLimit, allowedLaunchTemplates: check.allowLaunchTemplate };
    const judgements = judgeAll(templates.map(each => ({ ...each, parameterValues: this.values.get(each.id) })), () => settings);
    return templates.map(({ constructPaths, metadata, ...source }) => ({
      file: source.file,
      stack: source.stack,
      address: source.address,
      source,
      judgement: judgements.get(source.id)!,
      constructPaths,
      acknowledgements: acknowledgementsIn([...metadata ?? []]),
    }));
  }

  private textOf(template: InputTemplate): TextFile | string {
    const known = this.texts.get(template.id);
    if (known !== undefined) { return known; }
    const text = this.mending.isExcluded(template.file) ? 'it is excluded' : readText(template);
    this.texts.set(template.id, text);
    return text;
  }

  private refusalOf(file: string, path: string): string | undefined {
    if (!this.refusals.has(path)) { this.refusals.set(path, this.mending.refusalOf(path)); }
    const refusal = this.refusals.get(path);
    if (refusal !== undefined) { this.problems.set(file, refusal); }
    return refusal;
  }

  /** In the text as it is afterwards. */
  private locator(edits: ReadonlyMap<string, EditedTemplate>): ReportInput['locate'] {
    const known = new Map<string, ReturnType<typeof locatorOfTemplate>>();
    return (file, path) => {
      const template = this.templates.find(each => each.file === file);
      if (!template) { return undefined; }
      const edit = edits.get(template.id);
      const locator = known.get(file) ?? (edit ? positionsIn(edit.text, template.format) : locatorOfTemplate(template));
      known.set(file, locator);
      return locator(path);
    };
  }
}
