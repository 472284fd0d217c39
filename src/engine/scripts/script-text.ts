import { plainOf } from './base64';
import { isDocumentFile } from './documents';
import { branchesOf, intrinsicOf, isAbsent, isObject, isScalar, JsonObject } from '../json/json';
import { CFN_INIT } from '../surfaces/script-places';
import { Step } from '../surfaces/surface';

/** A script that a resource runs on its instances. */
export interface Script {
  /** Below the resource: `Properties.UserData`, or `Metadata.AWS::CloudFormation::Init.config.commands.x.command`. */
  readonly path: string;
  readonly text: string;

  /** The file that it is in, where that is not the template. */
  readonly file?: string;

  /** Where it is in a document that is kept as text, as a path or as the line of each of its lines. */
  readonly step?: string;
  readonly lines?: readonly number[];
}

/** Which branch each condition takes. */
type Choice = (condition: string) => boolean;

/** More conditions in one text are not told apart: each is one more script to read. */
const CONDITIONS = 8;

/** A template of 1 MB has fewer values, so that this ends on any. */
const VALUES = 500_000;

/** Deeper than CloudFormation allows functions to be nested. */
const DEPTH = 60;

/** The user data of a resource, and the commands and files of its `AWS::CloudFormation::Init`; a script for every branch of `Fn::If`. */
export function scriptsOf(resource: JsonObject, userDataPath: readonly Step[] | undefined): Script[] {
  return [...userDataOf(resource, userDataPath), ...initScriptsOf(resource)];
}

/** Every text that an expression can become. What only AWS knows stands as a placeholder, so that lines stay together. */
export function textsOf(value: unknown): string[] {
  return inEveryBranch(value, choice => decoded(flat(value, choice)));
}

function userDataOf(resource: JsonObject, path: readonly Step[] | undefined): Script[] {
  if (!path || isAbsent(resource.Properties)) { return []; }
  const properties: JsonObject = isObject(resource.Properties) ? resource.Properties : {};
  const onTheWay = [properties[String(path[0])], properties['Fn::If']]; // other properties have conditions that are no business here
  const texts = inEveryBranch(onTheWay, choice => valuesAt(resource.Properties, path, choice).map(value => decoded(flat(value, choice))));
  const name = ['Properties', ...path.map(step => typeof step === 'string' ? step : '*')].join('.');
  return distinct(texts.flat()).filter(text => text !== '').map(text => ({ path: name, text }));
}

function valuesAt(value: unknown, [step, ...rest]: readonly Step[], choice: Choice): unknown[] {
  const here = chosen(value, choice);
  if (step === undefined) { return isAbsent(here) ? [] : [here]; }
  if (typeof step === 'string') { return isObject(here) ? valuesAt(here[step], rest, choice) : []; }
  return Array.isArray(here) ? here.flatMap(each => valuesAt(each, rest, choice)) : [];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html */
function initScriptsOf(resource: JsonObject): Script[] {
  const init = isObject(resource.Metadata) ? resource.Metadata[CFN_INIT] : undefined;
  if (!isObject(init)) { return []; }
  return Object.entries(init).filter(([key]) => key !== 'configSets').flatMap(([key, config]) => {
    const path = `Metadata.AWS::CloudFormation::Init.${key}`;
    return [
      ...sectionOf(config, 'commands').flatMap(([name, command]) => ['command', 'test'].flatMap(part => (
        scriptsIn(command[part], `${path}.commands.${name}.${part}`, { delimiter: ' ' })))),
      ...sectionOf(config, 'files').filter(([name]) => !isDocumentFile(name)).flatMap(([name, file]) => (
        scriptsIn(file.content, `${path}.files.${name}.content`, { isBase64: file.encoding === 'base64' }))),
    ];
  });
}

/** Where cfn-init fetches files and archives from. */
export function initAddressesOf(resource: JsonObject): Script[] {
  const init = isObject(resource.Metadata) ? resource.Metadata[CFN_INIT] : undefined;
  if (!isObject(init)) { return []; }
  return Object.entries(init).filter(([key]) => key !== 'configSets').flatMap(([key, config]) => {
    const path = `Metadata.AWS::CloudFormation::Init.${key}`;
    const sources = isObject(config) && isObject(config.sources) ? Object.entries(config.sources) : [];
    return [
      ...sectionOf(config, 'files').flatMap(([name, file]) => scriptsIn(file.source, `${path}.files.${name}.source`)),
      ...sources.flatMap(([name, source]) => scriptsIn(source, `${path}.sources.${name}`)),
    ];
  });
}

function sectionOf(config: unknown, section: string): Array<[string, JsonObject]> {
  const found = isObject(config) ? config[section] : undefined;
  return isObject(found) ? Object.entries(found).filter((entry): entry is [string, JsonObject] => isObject(entry[1])) : [];
}

/** The scripts that a value can be. `delimiter` is what stands between the elements of a list: words of a command, or lines. */
export function scriptsIn(value: unknown, path: string, { isBase64 = false, delimiter = '' } = {}): Script[] {
  if (isAbsent(value)) { return []; }
  const texts = inEveryBranch(value, choice => {
    const text = flat(value, choice, delimiter);
    return isBase64 ? decoded(text) : text;
  });
  return texts.filter(text => text !== '').map(text => ({ path, text }));
}

/** Reads an expression once for all conditions true, once for all false, and once for each being the only one that is false. */
function inEveryBranch<T>(value: unknown, read: (choice: Choice) => T): T[] {
  const conditions = [...conditionsIn(value)].slice(0, CONDITIONS);
  if (conditions.length === 0) { return [read(() => true)]; }
  const alone = conditions.length > 1 ? conditions.map((one): Choice => condition => condition !== one) : [];
  return distinct([(): boolean => true, () => false, ...alone].map(read));
}

function conditionsIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<unknown>();
  const open = [value];
  while (open.length > 0 && seen.size < VALUES) {
    const each = open.pop();
    if (typeof each !== 'object' || each === null || seen.has(each)) { continue; }
    seen.add(each);
    const branches = branchesOf(each);
    if (branches) { found.add(nameOf(branches[0])); }
    for (const inner of Object.values(each).reverse()) { open.push(inner); }
  }
  return found;
}

function chosen(value: unknown, choice: Choice, depth = 0): unknown {
  const branches = depth < DEPTH ? branchesOf(value) : undefined;
  return branches ? chosen(branches[choice(nameOf(branches[0])) ? 1 : 2], choice, depth + 1) : value;
}

/** What is no name is malformed, and need not be told apart. */
function nameOf(condition: unknown): string {
  return isScalar(condition) ? String(condition) : '';
}

/** The text of an expression. `delimiter` is what a plain list is joined with: the arguments of a command. */
function flat(value: unknown, choice: Choice, delimiter = '', depth = 0): string {
  const here = chosen(value, choice);
  if (isScalar(here)) { return String(here); }
  if (isAbsent(here) || depth > DEPTH) { return ''; }
  const inside = (each: unknown): string => flat(each, choice, delimiter, depth + 1);
  if (Array.isArray(here)) { return here.map(inside).join(delimiter); }
  const intrinsic = intrinsicOf(here);
  if (!intrinsic) { return JSON.stringify(here); }
  const { name, argument } = intrinsic;
  switch (name) {
    case 'Fn::Base64': return inside(argument);
    case 'Fn::Join': return isJoin(argument) ? argument[1].map(inside).join(argument[0]) : placeholder(name);
    case 'Fn::Sub': return substituted(argument, inside);
    case 'Fn::Select': return isSelect(argument) ? inside(argument[1][Number(argument[0])]) : placeholder(name);
    case 'Ref': return placeholder(argument);
    case 'Fn::GetAtt': return placeholder(Array.isArray(argument) ? argument.filter(isScalar).join('.') : argument);
    default: return placeholder(name);
  }
}

function isJoin(argument: unknown): argument is [string, unknown[]] {
  return Array.isArray(argument) && typeof argument[0] === 'string' && Array.isArray(argument[1]);
}

function isSelect(argument: unknown): argument is [string | number, unknown[]] {
  return Array.isArray(argument) && isScalar(argument[0]) && Array.isArray(argument[1]) && Number(argument[0]) in argument[1];
}

/** `${Name}` of the map is replaced, any other stays; `${!Name}` is a literal `${Name}`. */
function substituted(argument: unknown, inside: (value: unknown) => string): string {
  const [text, map] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') { return placeholder('Fn::Sub'); }
  const values = isObject(map) ? map : {};
  return text.replace(/\$\{(!?)([^${}]{1,300})\}/g, (all, isLiteral: string, name: string) => {
    if (isLiteral) { return `\${${name}}`; }
    return Object.hasOwn(values, name.trim()) ? inside(values[name.trim()]) : all;
  });
}

function placeholder(name: unknown): string {
  return `\${${isScalar(name) ? name : '?'}}`;
}

/** Base64 is decoded where text comes out. */
function decoded(text: string): string {
  if (text.length < 8 || !/^[A-Za-z0-9+/=\s]+$/.test(text)) { return text; }
  const plain = plainOf(text);
  return plain === '' ? text : plain;
}

function distinct<T>(values: readonly T[]): T[] {
  const seen = new Map(values.map(value => [JSON.stringify(value), value]));
  return [...seen.values()];
}
