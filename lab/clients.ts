import { execFileSync } from 'child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

/** The AWS SDKs, each with its default chain of credential providers, as an application has it. */
const SDKS: Record<string, (folder: string) => Installed> = {
  'AWS SDK for JavaScript': folder => {
    const name = '@aws-sdk/credential-providers';
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    run(folder, 'npm', 'install', '--no-audit', '--no-fund', `${name}@3`);
    const program = write(folder, 'client.mjs', [
      `import { fromNodeProviderChain } from '${name}';`,
      'console.log((await fromNodeProviderChain()()).accessKeyId);',
    ]);
    const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
    return { version, command: [process.execPath, program] };
  },
  'boto3': folder => {
    run(folder, 'python3', '-m', 'venv', '.');
    const python = join(folder, 'bin', 'python');
    run(folder, python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'boto3');
    const program = write(folder, 'client.py', ['import boto3', 'print(boto3.Session().get_credentials().access_key)']);
    return { version: run(folder, python, '-c', 'import boto3; print(boto3.__version__)'), command: [python, program] };
  },
  'AWS SDK for Go': folder => {
    const name = 'github.com/aws/aws-sdk-go-v2';
    write(folder, 'main.go', [
      'package main', '', 'import (', '\t"context"', '\t"fmt"', '', `\t"${name}/config"`, ')', '', 'func main() {',
      '\tsettings, err := config.LoadDefaultConfig(context.Background())', '\tif err != nil {', '\t\tpanic(err)', '\t}',
      '\tkeys, err := settings.Credentials.Retrieve(context.Background())', '\tif err != nil {', '\t\tpanic(err)', '\t}',
      '\tfmt.Println(keys.AccessKeyID)', '}',
    ]);
    writeFileSync(join(folder, 'go.mod'), 'module client\n');
    run(folder, 'go', 'mod', 'tidy');
    run(folder, 'go', 'build', '-o', 'client', '.');
    return { version: run(folder, 'go', 'list', '-m', '-f', '{{.Version}}', name).replace(/^v/, ''), command: [join(folder, 'client')] };
  },
};

interface Installed {
  readonly version: string;
  readonly command: readonly string[];
}

export interface Clients {
  /** The command that prints the id of the keys, by the client's name and version. */
  readonly commands: Record<string, readonly string[]>;
  /** What could not be installed, and why. */
  readonly skipped: string[];
}

/** Installs the newest release of each SDK into a folder of its own below this one. */
export function installClients(folder: string): Clients {
  const clients: Clients = { commands: {}, skipped: [] };
  for (const [name, install] of Object.entries(SDKS)) {
    const own = join(folder, name.replace(/\W+/g, '-'));
    mkdirSync(own, { recursive: true });
    try {
      const { version, command } = install(own);
      clients.commands[`${name} ${version}`] = command;
    } catch (error) {
      clients.skipped.push(`${name}: ${(error as Error).message.trim().split('\n').pop()}`);
    }
  }
  return clients;
}

function write(folder: string, name: string, lines: string[]): string {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

function run(cwd: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}
