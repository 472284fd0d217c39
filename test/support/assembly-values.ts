/* eslint-disable @stylistic/max-len */ // a case a line
import { JsonObject } from '../../src/engine/json/json';

/** One of several, by chance. */
export type Pick = <T>(...options: readonly T[]) => T;

export type Kind = 'tokens' | 'endpoint' | 'env' | 'template';

/** What gives a value of a kind. */
type Givers = { readonly [kind in Kind]: unknown[] };

const NO_VALUE = { Ref: 'AWS::NoValue' };
/** What parameters are about. */
export const KINDS: { readonly [name: string]: Kind } = { Env: 'env', Tok: 'tokens', End: 'endpoint', Lt: 'template' };
export const LITERALS: { readonly [kind in Kind]: readonly string[] } = {
  tokens: ['required', 'required', 'optional'], endpoint: ['disabled', 'enabled'], env: ['prod', 'dev'], template: ['lt-1'],
};

/** Makes conditions and values of one template, which the same few conditions and parameters decide. */
export class Values {
  protected readonly givers: Givers = { tokens: [], endpoint: [], env: [], template: [] };
  protected readonly conditions: JsonObject = {};

  public constructor(protected readonly pick: Pick) {}

  protected condition(depth: number): unknown {
    const { pick } = this;
    const names = Object.keys(this.conditions);
    const inner = (): unknown => depth > 0 ? this.condition(depth - 1) : names.length > 0 ? { Condition: pick(...names) } : this.equals();
    return pick<() => unknown>(
      () => this.equals(), () => ({ 'Fn::Not': [inner()] }), () => ({ 'Fn::And': [inner(), inner()] }), () => ({ 'Fn::Or': [inner(), inner()] }), () => inner(),
    )();
  }

  private equals(): unknown {
    const { pick } = this;
    const kind = pick<Kind | 'region'>('env', 'env', 'tokens', 'endpoint', 'region');
    if (kind === 'region') { return { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }; }
    const side = (): unknown => pick<unknown>(...this.givers[kind].filter(each => !/GetAtt|Import/.test(JSON.stringify(each))), pick(...LITERALS[kind]), this.found(kind));
    const [one, other] = [side(), pick<unknown>(pick(...LITERALS[kind]), pick(...LITERALS[kind]), side())];
    const sides = [one, JSON.stringify(one) === JSON.stringify(other) ? pick(...LITERALS[kind]) : other];
    return { 'Fn::Equals': pick(sides, [...sides].reverse()) };
  }

  protected name(): string {
    return this.pick(...Object.keys(this.conditions));
  }

  private found(kind: Kind): unknown {
    if (kind === 'template') { return 'lt-1'; }
    const { pick } = this;
    const keys = pick<unknown[]>(['Envs', { Ref: 'Env' }], ['Regions', { Ref: 'AWS::Region' }], ['Envs', 'prod']);
    return { 'Fn::FindInMap': [...keys, kind, ...pick<unknown[]>([], [{ DefaultValue: pick(...LITERALS[kind]) }])] };
  }

  protected map(...keys: string[]): JsonObject {
    const { pick } = this;
    return Object.fromEntries(keys.map(key => [key, { tokens: pick(...LITERALS.tokens), endpoint: pick(...LITERALS.endpoint), env: pick(...LITERALS.env) }]));
  }

  protected value(kind: Kind, depth: number): unknown {
    const { pick } = this;
    const simple = (): unknown => pick<unknown>(pick(...LITERALS[kind]), this.found(kind), ...this.givers[kind], ...this.givers[kind]);
    if (depth === 0) { return simple(); }
    const next = (): unknown => this.value(kind, depth - 1);
    return pick<() => unknown>(
      simple, simple, () => ({ 'Fn::If': [this.name(), next(), next()] }), () => ({ 'Fn::Select': [pick<unknown>(0, '1'), [next(), next()]] }),
    () => ({ 'Fn::Select': [0, [{ 'Fn::If': [this.name(), next(), NO_VALUE] }, next()]] }),
    () => ({ 'Fn::Select': [pick(0, 1), { 'Fn::Split': ['|', { 'Fn::Join': ['|', [next(), next()]] }] }] }), () => ({ 'Fn::Sub': ['${V}', { V: next() }] }),
    () => ({ 'Fn::Join': ['', pick<unknown>([next()], { 'Fn::If': [this.name(), [next()], [next()]] }, [{ 'Fn::If': [this.name(), next(), NO_VALUE] }, { 'Fn::If': [this.name(), NO_VALUE, next()] }])] }),
    )();
  }

  /** The same, or one of two, or nothing. */
  protected maybe(make: () => unknown): unknown {
    const { pick } = this;
    return pick<() => unknown>(make, make, () => ({ 'Fn::If': [this.name(), make(), make()] }), () => ({ 'Fn::If': [this.name(), make(), NO_VALUE] }), () => ({ 'Fn::If': [this.name(), NO_VALUE, this.maybe(make)] }))();
  }
}
