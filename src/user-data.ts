import { CfnResource, IResolvable, IResolveContext, Tokenization } from 'aws-cdk-lib';
import { peek, resolveNow } from './peek';
import { JsonObject } from './private/json';
import { joinsEcsCluster, startsContainers } from './private/needs';
import { LaunchSurface } from './private/surface';
import { propertyOf, typedKey } from './properties';

const SILENT = { text: '', joinsEcsCluster: false, startsContainers: false };

/** The same text comes again and again. */
let last = SILENT;

/** The user data of a resource, read once and only when somebody asks. */
export class UserData {
  private read?: string;

  public constructor(private readonly resource: CfnResource, private readonly surface: LaunchSurface) {}

  /** Whether it joins an ECS cluster, whose bridge containers need two hops. */
  public get joinsEcsCluster(): boolean {
    return this.judged.joinsEcsCluster;
  }

  /** Whether it starts containers. */
  public get startsContainers(): boolean {
    return this.judged.startsContainers;
  }

  private get judged(): typeof last {
    const text = this.text;
    if (text === '') { return SILENT; }
    if (text !== last.text) { last = { text, joinsEcsCluster: joinsEcsCluster(text), startsContainers: startsContainers(text) }; }
    return last;
  }

  /** As it is now and as far as it can be read: what only AWS knows is left out. */
  private get text(): string {
    return this.read ??= this.readText();
  }

  private readText(): string {
    try {
      return textOf(this.value, this.context);
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

  private get context(): IResolveContext {
    return { scope: this.resource, preparing: false, documentPath: [], registerPostProcessor: () => {}, resolve: value => value };
  }
}

/** `stack.resolve` would do, but it is many times as slow, and this is asked of every instance. */
function textOf(value: unknown, context: IResolveContext): string {
  if (typeof value === 'string') { return stringText(value, context); }
  if (typeof value !== 'object' || value === null) { return ''; }
  if (typeof (value as IResolvable).resolve === 'function') { return textOf(peek(value as IResolvable, context), context); }
  let text = '';
  for (const key in value) { text += textOf((value as JsonObject)[key], context); }
  return text;
}

function stringText(text: string, context: IResolveContext): string {
  if (!text.includes('${Token[')) { return text; }
  const fragments = Tokenization.reverseString(text);
  if (fragments.length === 1) { return textOf(fragments.firstToken, context); }
  return fragments.mapTokens({ mapToken: token => textOf(token, context) }).join({ join: (left, right) => `${left ?? ''}${right ?? ''}` });
}
