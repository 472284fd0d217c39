/**
 * The columns of the table of launch surfaces. Rows hold data; what is alike between types is code elsewhere.
 */

/**
 * One step of a path below `Properties`: a key, every element of a list, the elements of a list that match, or JSON kept as text.
 */
export type Step = string | ListStep | typeof JSON_TEXT;

/** The value is JSON, as an object or as text. */
export const JSON_TEXT = { json: true } as const;

export interface ListStep {
  /** Keys and values, one or several of them, that an element must have to be meant; empty: every element. */
  readonly where: { readonly [key: string]: string | readonly string[] };

  /** Elements that hold a list of more of them below `key`. */
  readonly heldIn?: { readonly where: ListStep['where']; readonly key: string };

  /** Add the element when the list lacks it. */
  readonly add?: true;
}

/** Every element of a list. */
export const EACH: ListStep = { where: {} };

/** A reference from a resource to what decides its IMDS settings. */
export interface Follow {
  /** Where the reference is, below `Properties`. */
  readonly path: readonly Step[];

  /** The type that it refers to. */
  readonly to: string;

  /** Keys of a launch template specification; absent where the value at `path` is the reference itself. */
  readonly keys?: { readonly id: string; readonly name?: string; readonly version: string };

  /** CloudFormation replaces the resource when this reference, the version in it included, changes; `unlessFalse`: so it does unless that property is false. */
  readonly createOnly?: true | { readonly unlessFalse: string };
}

/** How to give a resource a launch template where it has none. */
export interface Attach {
  /** Properties that a launch template must not be combined with. */
  readonly conflicts: readonly string[];
}

/** A mode of a service that no setting reaches. */
export interface Mode {
  readonly path: readonly Step[];

  /** Absent: any value. */
  readonly values?: readonly string[];
  readonly why: string;
}

/** Stands for the name of a parameter in the paths of a `Start`. */
export const PARAMETER = '<parameter>';

/** Where a resource starts an automation of SSM from a document, which may be one of AWS's that launch. */
export interface Start {
  /** What holds both the name and the parameters: the properties, or each element of a list in them. */
  readonly at: readonly Step[];

  /** What is at that place is a map, of which each value is meant. */
  readonly isMap?: true;

  /** From there, the name of the document or its ARN. */
  readonly document: readonly Step[];

  /** From there, each way to the value of a parameter, or to a list of it. Absent: none can be given. */
  readonly parameters?: readonly (readonly Step[])[];

  /** From there, what brings a value of the parameter that is known only when the automation is started. */
  readonly openWith?: readonly (readonly Step[])[];

  /** From there, JSON text with placeholders such as `<id>` outside of quotes. */
  readonly placeholdersIn?: readonly [string, string];
}

/** What AWS documents that silence comes to, for some values of a property. */
export interface Silence {
  readonly path: readonly string[];

  /** What the value looks like; `*` stands for any characters. */
  readonly pattern: string;
  readonly verdict: 'compliant' | 'violation';

  /** Where AWS says so. */
  readonly page: string;
}

/** What is other at a further place: what silence means there, and what is followed there, is not that of the first. */
export type Place = Required<Pick<LaunchSurface, 'container' | 'page'>> & Pick<LaunchSurface, 'follows' | 'onlyWhereWritten' | 'tokensAmongWritten'>;

/** A construct of CDK that makes such a resource, with the props that decide. */
export interface CdkConstruct {
  /** The end of the path that it gives the resource. */
  readonly id: string;

  /** As code names it. */
  readonly construct: string;

  /** The prop that requires tokens, with its value. */
  readonly tokens?: string;
  readonly hopLimit?: string;
  readonly endpoint?: string;

  /** The prop that takes a launch template. */
  readonly launchTemplate?: string;
}

/** Where a resource holds calls of APIs that launch instances or change what they answer, and in which form. */
export interface CallPlace {
  readonly form: 'automation' | 'sdk call' | 'script' | 'state machine' | 'target';

  /** Of a target: where it says what is called. */
  readonly path: readonly Step[];

  /** Of a target: where it says what with. */
  readonly input?: readonly Step[];

  /** It has the address of a file, which is read where it is uploaded with the template. */
  readonly isAddress?: true;

  /** A property that is there as well, where the type alone does not tell. */
  readonly beside?: string;
}

export interface LaunchSurface {
  /** CloudFormation type. */
  readonly type: string;

  /** The AWS page that describes the setting, or that says there is none. */
  readonly page: string;

  /** Path below `Properties` of the object that holds the settings. Absent: the type has none of its own. */
  readonly container?: readonly Step[];

  /** The key that decides about version 1, its safe value and the others that the service takes. */
  readonly tokens?: { readonly key: string; readonly required: string | number | boolean; readonly weak: readonly (string | number | boolean)[] };

  /** The key of the hop limit. */
  readonly hopLimit?: string;

  /** The hop limit that is written with tokens where the service takes neither without the other: the one that it has by itself. */
  readonly hopLimitWithTokens?: number;

  /** The key that switches the endpoint, `enabled` or `disabled`. */
  readonly endpoint?: string;

  /** Absent settings are safe or come from elsewhere, so only written ones are judged and corrected. */
  readonly onlyWhereWritten?: true;

  /** Beside `onlyWhereWritten`: where settings are written that leave out tokens, version 1 is answered. */
  readonly tokensAmongWritten?: true;

  /** Further places that hold settings of the same kind. A resource may have them in any number of places, and each counts. */
  readonly alsoIn?: readonly Place[];

  /** What may be a text of YAML: the first step of the path with several documents, or the first place of calls with one. */
  readonly yaml?: true;

  /** An edit of the settings replaces the resource: `always` told beforehand; `unless-unnamed` where an unnamed one is replaced by nature. */
  readonly replacement?: 'always' | 'unless-unnamed';

  /** The property with the explicit name, if others refer to the resource by it or its replacement depends on it. */
  readonly nameProperty?: string;

  /** Why the type is written only when the user asks for it. */
  readonly optIn?: string;

  readonly follows?: readonly Follow[];

  /** Top-level or deeper properties whose presence launches instances that no setting reaches, and why. */
  readonly uncontrolled?: readonly { readonly path: readonly Step[]; readonly why: string }[];

  /** What decides where the resource neither has settings nor follows anything. */
  readonly otherwise?: string;

  /** Defaults that AWS documents. Of several properties that are there the weakest counts; what no row is about cannot be decided. */
  readonly silence?: readonly Silence[];

  /** Properties any of whose values says that no instance is launched (Fargate). */
  readonly launchesNothing?: readonly { readonly path: readonly Step[]; readonly values: readonly string[] }[];

  /** The same for modes in which the service launches the instances and takes no IMDS setting: what says so, by one of the values or by being there, and why. */
  readonly serviceManaged?: readonly Mode[];

  /** Where automations of SSM are started; only resources are meant that start one of AWS's documents that launch. */
  readonly starts?: readonly Start[];

  /** CloudFormation has no control at all: why. */
  readonly noControl?: string;

  /** Most resources of the type have nothing to do with IMDS: only those are meant that mention one of these words, in small letters. */
  readonly mentioning?: readonly string[];

  /** The same: only those are meant that have something here. */
  readonly meantWith?: readonly Step[];

  /** Where it says which APIs are called. Only resources are meant that call one which launches instances or changes what they answer. */
  readonly calls?: readonly CallPlace[];

  /** The hop limit that processes on the hosts need, when none is given: 2 for containers on a bridge network. */
  readonly hopsNeeded?: number;

  /** `hopsNeeded` holds only where this property is present. */
  readonly hopsNeededWith?: string;

  /** The instances are EKS nodes: what hop limit 1 means for their pods is shown to the user as information. */
  readonly runsPods?: true;

  readonly attach?: Attach;

  /** How CDK code says it, beside the class that CDK makes of every type. What is listed is in the oldest aws-cdk-lib that is supported. */
  readonly cdk?: readonly CdkConstruct[];

  /** The class that CDK makes of the type lacks the property in the oldest aws-cdk-lib that is supported. */
  readonly cdkLacksIt?: true;

  /** What people call the JSON inside the resource that holds the settings, where they write that and not the resource. */
  readonly document?: string;

  /** Running instances are replaced only where the resource has one of these update policies. */
  readonly renewedByUpdatePolicy?: readonly string[];

  /** The update policy that replaces the resource itself, where its switch is on. */
  readonly replacedByUpdatePolicy?: { readonly policy: string; readonly switch: string };

  readonly renewedByService?: ServiceRenewal;

  /** Where user data and the instance profile are, below `Properties`. */
  readonly userData?: readonly Step[];
  readonly instanceProfile?: readonly Step[];
}

/** What a service does by itself with the instances that run, whatever the template says about updates. */
export interface ServiceRenewal {
  /** A new version of the launch template that the resource follows, or an edit of its own settings. */
  readonly after: 'new version' | 'edit';

  /** Goes on from "replaces the instances of this resource at its next deployment, ". */
  readonly why: string;
  readonly page: string;
}
