import { existsSync, readdirSync, readFileSync } from 'fs';
import { basename, join, posix, relative, resolve, sep } from 'path';
import { addAssetFiles, addLegacyAssets, AssetFiles, assetIn } from './asset-files';
import { AssetScripts } from './asset-scripts';
import { isBeanstalkConfig } from './beanstalk-config';
import { CreationStacks, InputTemplate, Surroundings } from './input-template';
import { AGAIN, Artifact, MANIFEST, NOT_THERE, readJson, readManifest, textOf } from './manifest';
import { StackMetadata } from './stack-metadata';
import { TemplateReader } from './template-reader';
import { Problem } from '../engine/findings/report';
import { isObject } from '../engine/json/json';

/** A template of a cloud assembly. */
export type AssemblyTemplate = InputTemplate;

export interface Assembly {
  readonly templates: readonly AssemblyTemplate[];

  /** Its own directory and those of its Stages, which have a manifest each. */
  readonly folders: readonly AssemblyFolder[];
  readonly problems: readonly Problem[];

  /** The files that were asked for by then and not read, to be asked once all templates are judged. */
  passedOver(): readonly Problem[];
}

export interface AssemblyFolder {
  readonly path: string;

  /** As the user knows it. */
  readonly name: string;
}

/** What a construct tree knows better than the assembly that was made from it. */
export interface ConstructTree {
  /** The path of the construct that made a resource. */
  pathOf(templatePath: string, logicalId: string): string | undefined;
}

const STACK = 'aws:cloudformation:stack';
export const NESTED_ASSEMBLY = 'cdk:cloud-assembly';
const ASSETS = 'cdk:asset-manifest';
const TEMPLATE = /\.template\.(json|ya?ml)$/i;

/** Whether a directory holds a cloud assembly, be it broken. Other things have a `manifest.json`, too. */
export function isAssembly(directory: string): boolean {
  const manifest = join(directory, MANIFEST);
  if (!existsSync(manifest)) { return false; }
  try {
    return readdirSync(directory).some(name => name === 'cdk.out' || /\.(template|assets)\.json$/.test(name))
      || /"artifacts"\s*:/.test(readFileSync(manifest, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * Reads every template of a cloud assembly: those of its stacks, of Stages, of nested stacks, stack sets and products.
 *
 * @param directory the directory with `manifest.json`
 * @param name how the user knows the directory
 * @param constructs the construct tree, where it is at hand: then the metadata of the assembly need not be taken apart
 */
export function readAssembly(directory: string, name: string = directory, constructs?: ConstructTree): Assembly {
  const assembly = new AssemblyReader(resolve(directory), name.replaceAll(sep, '/'), constructs);
  assembly.readDirectory(resolve(directory));
  const { templates, problems } = assembly.reader;
  if (templates.size === 0 && problems.length === 0) {
    problems.push({ file: assembly.nameOf(resolve(directory, MANIFEST)), message: `no template in this cloud assembly; add a stack to the app and ${AGAIN}` });
  }
  return { templates: [...templates.values()], problems, folders: assembly.folders, passedOver: () => assembly.scripts.passedOver };
}

/** The templates of stacks and the assets of one directory of an assembly, each a file, be it there or not. */
export function listedFiles(directory: string): string[] {
  const assembly = new AssemblyReader(directory, directory);
  const read = readManifest(directory, directory);
  return 'problem' in read ? [] : assembly.filesOf(read.artifacts, directory);
}

class AssemblyReader {
  public readonly reader = new TemplateReader();
  public readonly scripts: AssetScripts;
  private readonly visited = new Set<string>();

  public constructor(private readonly root: string, private readonly name: string, private readonly constructs?: ConstructTree) {
    this.scripts = new AssetScripts(root, path => this.nameOf(path));
  }

  public get folders(): AssemblyFolder[] {
    return [...this.visited].map(path => ({ path, name: this.nameOf(path) }));
  }

  public filesOf(artifacts: readonly Artifact[], directory: string): string[] {
    const assets = this.assetsOf(artifacts, directory);
    const stacks = artifacts.filter(isStack);
    stacks.forEach(each => addLegacyAssets(new StackMetadata(each, directory, this.nameOf(directory), () => {}).assets, directory, assets));
    const templates = stacks.flatMap(({ properties }) => textOf(properties.templateFile) ?? []).map(file => join(directory, file));
    return [...new Set([...templates, ...assets.values()])];
  }

  public nameOf(path: string): string {
    return posix.normalize(`${this.name}/${relative(this.root, path).replaceAll(sep, '/')}`).replace(/(.)\/$/, '$1');
  }

  /** An assembly, and the assemblies of its Stages. */
  public readDirectory(directory: string): void {
    if (this.visited.has(directory)) { return; }
    this.visited.add(directory);
    const read = readManifest(directory, this.nameOf(directory));
    if ('problem' in read) {
      this.reader.problems.push(read.problem);
      return;
    }
    const { artifacts } = read;
    const folders: AssetFiles = new Map();
    const assets = this.assetsOf(artifacts, directory, folders);
    for (const artifact of artifacts) {
      if (isStack(artifact)) { this.readStack(artifact, directory, assets, folders); }
    }
    for (const { id, properties } of artifacts.filter(({ type }) => type === NESTED_ASSEMBLY)) {
      const inner = textOf(properties.directoryName);
      if (inner === undefined) { this.refuse(directory, `the assembly '${id}' has no 'directoryName'`); } else { this.readDirectory(join(directory, inner)); }
    }
    this.readOtherTemplates(directory, assets, folders);
    this.readBeanstalkConfigs(new Set(folders.values()));
  }

  private readStack(artifact: Artifact, directory: string, assets: AssetFiles, folders: AssetFiles): void {
    const { id, environment, displayName, properties } = artifact;
    const templateFile = textOf(properties.templateFile);
    if (templateFile === undefined) {
      this.refuse(directory, `the stack '${id}' has no 'templateFile'`);
      return;
    }
    const metadata = new StackMetadata(artifact, directory, this.nameOf(directory), problem => this.reader.problems.push(problem));
    addLegacyAssets(metadata.assets, directory, assets);
    addLegacyAssets(metadata.assets, directory, folders, 'zip');
    const stackName = textOf(properties.stackName) ?? id;
    this.reader.read(join(directory, templateFile), {
      stack: displayName ?? stackName,
      stackName,
      isStack: true,
      environment: environment === undefined || /unknown-(account|region)/.test(environment) ? undefined : environment,
      metadata: this.constructs ? undefined : metadata.kept,
      creationStacks: this.constructs ? undefined : creationStacks(artifact, directory),
      isListed: true,
      surroundings: {
        ...this.surroundings(directory, assets, folders),
        constructPath: (stack, path = '', logicalId) => this.constructs
          ? this.constructs.pathOf(path, logicalId) : metadata.constructPath(stack, basename(path), logicalId),
      },
    });
  }

  /** Templates among the assets that no stack seems to use: how one is used may be hidden from us. */
  private readOtherTemplates(directory: string, assets: AssetFiles, folders: AssetFiles): void {
    for (const path of new Set(assets.values())) {
      if (!TEMPLATE.test(path) || this.reader.has(this.nameOf(path))) { continue; }
      this.reader.read(path, { stack: basename(path).replace(TEMPLATE, ''), isListed: true, surroundings: this.surroundings(directory, assets, folders) });
    }
  }

  /** Applications for Elastic Beanstalk bring options and resources of their environment along. */
  private readBeanstalkConfigs(folders: ReadonlySet<string>): void {
    for (const folder of folders) {
      const configs = join(folder, '.ebextensions');
      const names = existsSync(configs) ? readdirSync(configs).sort() : [];
      names.map(name => join(configs, name)).filter(isBeanstalkConfig).forEach(path => this.reader.read(path, {
        stack: basename(folder), isListed: true, surroundings: { nameOf: each => this.nameOf(each), missing: NOT_THERE, find: () => undefined },
      }));
    }
  }

  private assetsOf(artifacts: readonly Artifact[], directory: string, folders: AssetFiles = new Map()): AssetFiles {
    const assets: AssetFiles = new Map();
    for (const { type, properties } of artifacts) {
      const file = textOf(properties.file);
      if (type !== ASSETS || file === undefined) { continue; }
      const read = readJson(join(directory, file), this.nameOf(join(directory, file)));
      if ('problem' in read) { this.reader.problems.push(read.problem); continue; }
      addAssetFiles(read.json.files, directory, assets);
      addAssetFiles(read.json.files, directory, folders, 'zip');
    }
    return assets;
  }

  private surroundings(directory: string, assets: AssetFiles, folders: AssetFiles): Surroundings {
    return {
      nameOf: path => this.nameOf(path),
      missing: NOT_THERE,
      filesIn: address => this.scripts.in(address, assets, folders),
      find: (address, property, { Metadata: metadata }) => {
        const told = isObject(metadata) && metadata['aws:asset:property'] === property ? textOf(metadata['aws:asset:path']) : undefined;
        return told === undefined ? assetIn(address, assets) : resolve(directory, told);
      },
    };
  }

  private refuse(directory: string, why: string): void {
    this.reader.problems.push({ file: this.nameOf(join(directory, MANIFEST)), message: `broken manifest: ${why}; ${AGAIN}` });
  }
}

/** The file is read again, once: its text is large, and most stacks have no finding. What is wrong with it was said the first time. */
function creationStacks(artifact: Artifact, directory: string): () => CreationStacks {
  let read: CreationStacks | undefined;
  return () => read ??= new StackMetadata(artifact, directory, '', () => {}).creationStacks;
}

function isStack({ type, properties }: Artifact): boolean {
  return type === STACK || properties.templateFile !== undefined;
}
