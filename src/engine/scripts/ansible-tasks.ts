import { isOtherCloud, mentionsImds } from './address';
import { Command } from './command';
import { TOKEN_HEADER, TOKEN_REQUEST } from './header-names';
import { Script } from './requests';

/** A task that asks IMDS without a token. */
export interface AnsibleTask {
  readonly at: number;
  readonly reason: string;
  readonly fix: string;
}

const MODULE = /^(\s{0,200}(?:-\s{1,8})?)["']?(?:ansible\.(?:builtin|legacy|windows)\.)?((?:win_)?(?:uri|get_url))["']?\s{0,4}:/;

/** One call in a line: `lookup('url', …)`, `ansible localhost -m uri -a "url=…"`. */
const CALL = /\b(?:lookup|query|q)\(\s{0,4}["'](?:ansible\.builtin\.)?(url)["']|\bansible\s[^|;]{0,200}\s-m\s{0,4}(?:ansible\.builtin\.)?(uri|get_url)\s/;

/** Longer tasks are not read to their end. */
const LINES = 60;

/**
 * The tasks of Ansible that ask IMDS by its address.
 *
 * @see https://docs.ansible.com/projects/ansible/latest/collections/ansible/builtin/uri_module.html
 */
export function ansibleTasksIn(commands: readonly Command[], { text, hasHeader }: Script): AnsibleTask[] {
  if (!/\b(?:uri|get_url)\b|["'](?:ansible\.builtin\.)?url["']/.test(text)) { return []; }
  const variables = new Set([...text.matchAll(/^\s{0,200}-?\s{0,8}["']?(\w{1,80})["']?:\s{1,8}["']?(http:\S+)/gm)].filter(([, , url]) => mentionsImds(url)).map(([, name]) => name));
  const isImds = (line: string): boolean => mentionsImds(line) || [...line.matchAll(/\{\{\s{0,8}(\w{1,80})/g)].some(([, name]) => variables.has(name));
  return commands.flatMap(command => {
    const task = taskAt(command, text);
    if (!task || isOtherCloud(task.text) || TOKEN_HEADER.test(task.text) || TOKEN_REQUEST.test(task.text)) { return []; }
    const untold = hasHeader && /\bheaders["']?\s{0,4}[:=]\s{0,4}["']?\{\{/.test(task.text);
    const lines = task.text.split('\n');
    const line = lines.findIndex(isImds);
    if (line < 0 || untold) { return []; }
    return [{
      at: task.start + lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0),
      reason: `${task.module} of Ansible asks IMDS without a token, which gets 401 where version 2 is required`,
      fix: 'amazon.aws.ec2_metadata_facts, from 1.5.0; or a first task with method: PUT, url: http://169.254.169.254/latest/api/token and the header '
        + 'X-aws-ec2-metadata-token-ttl-seconds, and what it answers as the header X-aws-ec2-metadata-token',
    }];
  });
}

interface Task {
  readonly module: string;
  readonly start: number;
  readonly text: string;
}

/** The line of a module and those below it that are further in, without comments. */
function taskAt(command: Command, script: string): Task | undefined {
  const call = CALL.exec(command.text);
  if (call) { return { module: call[1] ?? call[2], start: command.offsetOf(call.index), text: command.text }; }
  const match = MODULE.exec(command.text);
  if (!match) { return undefined; }
  const start = command.start;
  const column = match[1].length;
  const [first, ...below] = script.slice(start, start + LINES * 200).split('\n', LINES);
  const end = below.findIndex(line => line.trim() !== '' && line.length - line.trimStart().length <= column);
  const lines = [first, ...end < 0 ? below : below.slice(0, end)];
  return { module: match[2], start, text: lines.map(line => /^\s*#/.test(line) ? ' '.repeat(line.length) : line).join('\n') };
}
