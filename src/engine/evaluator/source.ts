import { Placeholders } from './nested-template-text';

/** A template among others that it may refer to. Addresses, exports and nested stacks are resolved within one list of these. */
export interface TemplateSource {
  /** Unique among those that are judged together. */
  readonly id: string;

  /** As CloudFormation receives it. */
  readonly template: unknown;

  /** Account and Region, as far as known: exports are seen within one environment only. */
  readonly environment?: string;

  /** What `AWS::StackName` is, where known. */
  readonly stackName?: string;

  /** A stack of its own has it, whatever else brings it: who deploys that chooses what the parameters are. */
  readonly isStack?: boolean;

  /** What whoever deploys it gives to its parameters. Where another template brings it, that one does. */
  readonly parameterValues?: ReadonlyMap<string, string>;

  /** What of the template around it stands in its text. */
  readonly placeholders?: Placeholders;

  /** Templates inside this one (nested stacks, stack sets, products), by logical id: the `id` of the source. */
  readonly children?: ReadonlyMap<string, readonly string[]>;

  /** The text files that are uploaded with the template and that an address in it means, such as scripts: read when they are asked for. */
  readonly filesIn?: (address: string) => readonly AssetFile[];
}

export interface AssetFile {
  /** As the user knows it, with `/`. */
  readonly name: string;
  readonly text: string;
}
