import { writeFileSync } from 'fs';
import { basename, join, resolve } from 'path';
import { isBelow, PLAN_FOLDER } from '../scopes/plan-folder';

/** What the constructor of Stage marks it with before it makes the folder of its cloud assembly, in all of version 2. */
export const STAGE_MARK = Symbol.for('@aws-cdk/core.Stage');

/** What is reached of a Stage: how it makes what writes its cloud assembly. */
interface Made {
  readonly node: { readonly scope?: unknown };
  readonly outdir: string;
  createBuilder?(outdir?: string): unknown;
}

/** Has the cloud assemblies of this process made in one folder, so that nothing is written where the app would. */
export class Redirect {
  /** None, where nobody asks for it. */
  public static of({ [PLAN_FOLDER]: folder }: NodeJS.ProcessEnv): Redirect | undefined {
    return folder === undefined || folder === '' ? undefined : new Redirect(resolve(folder));
  }

  private made = 0;

  private constructor(private readonly folder: string) {}

  /** To be called when a Stage is marked. Those inside an App are in its folder. */
  public onStage(stage: object): void {
    const made = stage as Made;
    const { createBuilder } = made;
    if (made.node.scope !== undefined || !createBuilder) { return; }
    made.createBuilder = outdir => {
      delete made.createBuilder;
      return createBuilder.call(made, this.folderFor(outdir));
    };
  }

  /** To be called with each App. */
  public check({ outdir }: { readonly outdir: string }): void {
    if (isBelow(this.folder, outdir)) { return; }
    throw new Error(`imds-guard: this version of aws-cdk-lib makes its cloud assembly in ${outdir}, which cannot be changed; update imds-guard`);
  }

  /** What asks for a folder in there gets it, as the CDK CLI has to find it again; of several the first, also in other processes. */
  private folderFor(outdir: string | undefined): string {
    if (outdir !== undefined && isBelow(this.folder, outdir) && this.takes(basename(outdir))) { return resolve(outdir); }
    return join(this.folder, `app-${process.pid}-${++this.made}`);
  }

  private takes(name: string): boolean {
    try {
      writeFileSync(join(this.folder, `${name}.taken`), '', { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') { return false; }
      throw error;
    }
  }
}
