import { IConstruct } from '../cdk/cdk';

/** Addresses of constructs, given when they are first asked for: most resources are never referred to. */
export class Addresses {
  private readonly byConstruct = new Map<IConstruct, string>();
  private readonly constructs = new Map<string, IConstruct>();

  /** `@1`, `@2`, …: no logical id looks so. */
  public of(construct: IConstruct): string {
    const known = this.byConstruct.get(construct);
    if (known) { return known; }
    const address = `@${this.byConstruct.size + 1}`;
    this.byConstruct.set(construct, address);
    this.constructs.set(address, construct);
    return address;
  }

  /** The address that a construct has been given, if any. */
  public known(construct: IConstruct): string | undefined {
    return this.byConstruct.get(construct);
  }

  public at(address: string): IConstruct | undefined {
    return this.constructs.get(address);
  }
}

export function isAddress(id: string): boolean {
  return id.startsWith('@');
}
