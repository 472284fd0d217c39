/** Words whose arguments are text for people, or a pattern to look for: a command in them is not run. */
const TELLS = new Set([
  'echo', 'printf', 'print', 'println', 'puts', 'say', 'logger', 'log', 'log_info', 'log_warn', 'log_error', 'log_debug', 'msg', 'message', 'info', 'notice',
  'warn', 'warning', 'error', 'err', 'debug', 'die', 'fail', 'fatal', 'abort', 'raise', 'throw', 'usage', 'wall', 'banner', 'exit', 'panic',
  'write-host', 'write-output', 'write-verbose', 'write-warning', 'write-error', 'write-information', 'write-debug', 'write-log', 'log-message',
  'grep', 'egrep', 'fgrep', 'zgrep', 'rg', 'pgrep', 'pkill', 'sed', 'which', 'where', 'type', 'man', 'findstr', 'select-string',
]);

const TELLS_BY_METHOD = /^(?:console|log|logger|logging|fmt|warnings|sys\.std\w+|system\.out|console\.error)\.\w+$/i;

/** Words that may stand before the word that names what is run. */
const BEFORE_COMMAND = new RegExp([
  '[\\s!@&(\\-{>]+',
  '(?:sudo|then|do|else|elif|if|while|until|time|exec|nohup|command|builtin|env|eval|nice|return|export|local|readonly|declare|typeset)(?=\\s)',
  '-[\\w-]+(?=\\s)', // an option of one of these
  '[A-Za-z_]\\w*\\+?=(?:"[^"]*"|\'[^\']*\'|[^\\s"\']*)(?=\\s)',
].join('|'), 'y');

const INTERPRETER = /^(?:(?:ba|z|k|da)?sh|python[\d.]*|ruby|perl|node|php|pwsh|powershell|crontab|at|batch|ssh|su|xargs)$/;

/** Lists of what is installed are none, whatever their names end with. */
const DOCUMENT = /^(?!.*(?:requirements|constraints)[\w-]*\.(?:txt|in)["']?$).*(?:\.(?:txt|md|markdown|rst|adoc|html?|log|csv|css|svg)|\/(?:motd|issue|issue\.net|README|NOTICE|banner)[\w.-]*)["']?$/i;

/** A variable that is filled by `$(cat <<EOF`. */
const DOCUMENT_VARIABLE = /(?:usage|help|readme|banner|motd|message|msg|text)\w{0,40}=\$\(\s{0,4}cat\s{0,4}$/i;

const SCRIPT_FILE = /\.(?:sh|bash|py|rb|pl|ps1|bat|cmd|js|php)["']?$|\/(?:cron[\w.]*|s?bin|init\.d|rc\.local|profile(?:\.d)?|boothook[\w.]*)(?:["']?$|\/)/i;

/** The word that names what is run, in lower case: `curl` of `! sudo A=b curl -s x`. */
export function nameOf(command: string): string {
  let at = 0;
  const text = command.slice(0, 300);
  for (let i = 0; i < 12; i++) {
    BEFORE_COMMAND.lastIndex = at;
    if (!BEFORE_COMMAND.test(text)) { break; }
    at = BEFORE_COMMAND.lastIndex;
  }
  return /^[\w./\\-]*/.exec(text.slice(at))![0].toLowerCase();
}

/** Whether a command only tells its arguments, or looks for them. */
export function tells(command: string): boolean {
  const name = nameOf(command);
  return TELLS.has(name) || TELLS_BY_METHOD.test(name);
}

/** Whether a command hands text on to be run: to an interpreter, or into a file that is a script. */
export function handsOn(command: string, pipedTo: string | undefined): boolean {
  return [command, pipedTo ?? ''].some(text => targetsOf(text).some(target => SCRIPT_FILE.test(target)))
    || (pipedTo !== undefined && isInterpreter(pipedTo));
}

/** Whether a file is read by people, or by browsers: no machine runs what is in it. */
export function isDocumentFile(file: string): boolean {
  return DOCUMENT.test(file);
}

/** Whether the text below a line such as `cat <<EOF > /etc/motd` is for people. */
export function beginsDocument(line: string, body: string): boolean {
  const mark = line.indexOf('<<');
  const beforeMark = line.slice(0, mark);
  if (/<\?php/.test(body.slice(0, 5000)) || line.slice(mark).split('|').slice(1).some(isInterpreter)) { return false; }
  const command = beforeMark.slice(Math.max(beforeMark.lastIndexOf(';'), beforeMark.lastIndexOf('&')) + 1);
  const name = nameOf(command);
  if (/^\s*:/.test(command) || tells(command)) { return true; }
  if (!['cat', 'tee', ''].includes(name)) { return false; }
  const targets = targetsOf(line);
  return targets.length > 0 ? targets.every(isDocumentFile) : name === 'cat' || DOCUMENT_VARIABLE.test(beforeMark);
}

/** Whether a command runs what it is given. */
export function isInterpreter(command: string): boolean {
  return INTERPRETER.test(nameOf(command).replace(/^.*[/\\]/, '')) || /^\s{0,200}sudo\s[^|]{0,100}\s(?:ba)?sh\b/.test(command);
}

/** The files that a command writes into. */
export function targetsOf(line: string): string[] {
  return [...line.slice(0, 1000).matchAll(/(?<![<&\d])>{1,2}[ \t]{0,4}([^\s|;&<>()]{1,200})|\btee[ \t]{1,4}(?:-a[ \t]{1,4})?([^\s|;&<>()-][^\s|;&<>()]{0,200})/g)]
    .map(([, redirected, teed]) => redirected ?? teed)
    .filter(target => !/^\/dev\/(?:null|std\w+|tty)/.test(target));
}
