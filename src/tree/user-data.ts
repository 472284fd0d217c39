import { propertyOf, typedKey } from './properties';
import { resolveNow } from './resolve-early';
import { contextOfStack } from './stack-context';
import { MAPPED, textIn } from './token-text';
import { CfnResource, Tokenization } from '../cdk/cdk';
import { JsonObject } from '../engine/json/json';
import { joinsEcsCluster, joinsEksCluster, startsContainers } from '../engine/judge/needs';
import { withMappedValues } from '../engine/scripts/mapped-values';
import { LaunchSurface } from '../engine/surfaces/surface';

const SILENT = { text: '', joinsEcsCluster: false, joinsEksCluster: false, startsContainers: false };

/** The same text comes again and again. */
let last = SILENT;

/** The user data of a resource, read once and only when somebody asks. */
export class UserData {
  private read?: string;
  private mapped?: typeof last;

  public constructor(private readonly resource: CfnResource, private readonly surface: LaunchSurface) {}

  /** Whether it joins an ECS cluster, whose bridge containers need two hops. */
  public get joinsEcsCluster(): boolean {
    return this.judged.joinsEcsCluster;
  }

  /** Whether it joins an EKS cluster, whose pods sit behind one more hop. */
  public get joinsEksCluster(): boolean {
    return this.judged.joinsEksCluster;
  }

  /** Whether it starts containers. */
  public get startsContainers(): boolean {
    return this.judged.startsContainers;
  }

  private get judged(): typeof last {
    const text = this.text;
    if (text === '') { return SILENT; }
    if (text.includes(MAPPED)) { return this.mapped ??= judge(text, this.mappedValues); }
    if (text !== last.text) { last = judge(text, [text]); }
    return last;
  }

  /** What its mappings make of it, which is slower to find out. */
  private get mappedValues(): readonly unknown[] {
    try {
      return withMappedValues(resolveNow(this.resource, this.value), contextOfStack(this.resource.stack));
    } catch {
      return []; // as below
    }
  }

  private get text(): string {
    return this.read ??= this.readText();
  }

  private readText(): string {
    try {
      return textIn(this.value, this.resource);
    } catch {
      return ''; // a lazy value of the app's may not be ready yet, and that must not stop synthesis
    }
  }

  private get value(): unknown {
    const path = this.surface.userData as string[] | undefined;
    if (!path) { return undefined; }
    let value = propertyOf(this.resource, path[0]);
    for (let i = 1; i < path.length; i++) {
      const key = path[i];
      if (typeof value !== 'object' || value === null) { return undefined; }
      const object = (Tokenization.isResolvable(value) ? resolveNow(this.resource, value) : value) as JsonObject;
      value = object[typedKey(key)] ?? object[key];
    }
    return value;
  }
}

function judge(text: string, values: readonly unknown[]): typeof last {
  return {
    text,
    joinsEcsCluster: values.some(joinsEcsCluster),
    joinsEksCluster: values.some(joinsEksCluster),
    startsContainers: values.some(startsContainers),
  };
}
