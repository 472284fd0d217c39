import { Command, SCRIPT } from './command';

/** How a tool takes its arguments: as words behind its name, or as what a call names. `socket`: the request comes later, by itself. */
export type Arguments = 'words' | 'call' | 'socket';

export interface Tool {
  readonly name: string;
  readonly pattern: RegExp;
  readonly arguments: Arguments;

  /** Options whose value is no target. */
  readonly valueOptions?: RegExp;

  /** What the script must have for the pattern to mean the tool. */
  readonly onlyWith?: RegExp;

  /** The proxies that the tool takes from its environment, for `http:` addresses. */
  readonly proxies?: RegExp;

  /** The version 2 form. */
  readonly fix: string;
}

const TOKEN_URL = 'http://169.254.169.254/latest/api/token';
const TTL = 'X-aws-ec2-metadata-token-ttl-seconds';
const HEADER = 'X-aws-ec2-metadata-token';

const CURL = `TOKEN=$(curl -fsS -X PUT -H "${TTL}: 21600" ${TOKEN_URL}), then curl -fsS -H "${HEADER}: $TOKEN" and the address`;
const WGET = `TOKEN=$(wget -qO- --method=PUT --header="${TTL}: 21600" ${TOKEN_URL}), then wget --header="${HEADER}: $TOKEN" and the address; `
  + 'the wget of BusyBox cannot PUT: use curl there';
const POWERSHELL = `$token = Invoke-RestMethod -Method PUT -Headers @{'${TTL}' = '21600'} -Uri ${TOKEN_URL}, `
  + `then Invoke-RestMethod -Headers @{'${HEADER}' = $token} -Uri and the address`;
const URLLIB = `token = urlopen(Request('${TOKEN_URL}', method='PUT', headers={'${TTL}': '21600'})).read().decode(), `
  + `then urlopen(Request(url, headers={'${HEADER}': token})); or let boto3 read it`;
const REQUESTS = `token = requests.put('${TOKEN_URL}', headers={'${TTL}': '21600'}).text, then requests.get(url, headers={'${HEADER}': token}); `
  + 'or let boto3 read it';
const TWO_STEPS = `PUT ${TOKEN_URL} with the header ${TTL}: 21600, then send what it answers as the header ${HEADER} with every request`;

/** curl and wget know `http_proxy` in lower case only. https://everything.curl.dev/usingcurl/proxies/env */
const LOWER_CASE = /^(?:http_proxy|all_proxy|ALL_PROXY)$/;
const HTTP_PROXY_ONLY = /^http_proxy$/;
const ANY_CASE = /^(?:http|all)_proxy$/i;

const END = '(?=[\\s"\',\\])]|$)';
const MODULES = 'requests|httpx|http|https|axios|got|needle|superagent|HTTParty|RestClient|Faraday|Unirest|urllib3|session|sess|client|http_client|httpClient|conn|connection|pool|agent|ua';

/** The first that matches is the tool of a command. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'curl',
    pattern: new RegExp(`(?<![\\w.$-])curl(?:\\.exe)?${END}`),
    arguments: 'words',
    valueOptions: /^(?:-[a-zA-Z]*[HdAbceFomuUwxXyY]|--(?:header|data(?:-\w+)?|json|form|user-agent|referer|cookie(?:-jar)?|output|write-out|proxy(?:-\w+)?|preproxy|resolve|connect-to|noproxy|max-time|connect-timeout|retry(?:-\w+)?|user|request|interface))$/,
    proxies: LOWER_CASE,
    fix: CURL,
  },
  {
    name: 'wget',
    pattern: new RegExp(`(?<![\\w.$-])wget(?:\\.exe)?${END}`),
    arguments: 'words',
    valueOptions: /^(?:-[a-zA-Z]*[OoeTtUPa]|--(?:header|post-data|body-data|output-document|execute|user-agent|referer|method|timeout|tries))$/,
    proxies: HTTP_PROXY_ONLY,
    fix: WGET,
  },
  {
    name: 'PowerShell',
    pattern: /(?<![\w-])(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr)(?=[\s(]|$)/i,
    arguments: 'words',
    valueOptions: /^-(?:Body|OutFile|Proxy|UserAgent|Method|TimeoutSec|ContentType)$/i,
    fix: POWERSHELL,
  },
  { name: 'System.Net.WebClient', pattern: /\.(?:Download(?:String|File|Data)|OpenRead)(?:Async|TaskAsync)?\(/i, arguments: 'call', fix: POWERSHELL },
  { name: 'System.Net.Http.HttpClient', pattern: /\.Get(?:String|Stream|ByteArray)?Async\(|\.GetResponse\(/, arguments: 'call', fix: POWERSHELL },
  { name: 'urllib', pattern: /(?<!\w)(?:urlopen|urlretrieve)\(|\bopener\.open\(/, arguments: 'call', proxies: ANY_CASE, fix: URLLIB },
  { name: 'http.client', pattern: /\.request\(\s{0,4}["'](?:GET|HEAD)["']/, arguments: 'call', onlyWith: /\bhttp\.client|\bhttplib/, fix: URLLIB },
  { name: 'Net::HTTP', pattern: /Net::HTTP\.(?:get|get_response|get_print)\b|\bhttp\.(?:get2?|request(?:_get)?|head)\b/, onlyWith: /net\/http|Net::HTTP/, arguments: 'call', proxies: ANY_CASE, fix: TWO_STEPS },
  { name: 'open-uri', pattern: /\bURI(?:\.parse)?\.open\(|\)\.(?:read|open)\b|(?<![\w.])open\(/, arguments: 'call', onlyWith: /open-uri/, proxies: ANY_CASE, fix: TWO_STEPS },
  { name: 'LWP::Simple', pattern: /(?<![\w.>:$-])(?:get|getstore|getprint)[\s(]/, arguments: 'call', onlyWith: /LWP::Simple/, fix: TWO_STEPS },
  { name: 'a request', pattern: /->(?:get|head|request|mirror)\(/, arguments: 'call', fix: TWO_STEPS },
  { name: 'PHP', pattern: /(?<![\w>:$])(?:file_get_contents|fopen|readfile|file|curl_exec)\s?\(/, arguments: 'call', fix: TWO_STEPS },
  { name: 'net/http', pattern: /\bhttp\.(?:Get|Head)\(|\.Do\(/, arguments: 'call', proxies: ANY_CASE, fix: TWO_STEPS },
  { name: 'requests', pattern: /\brequests\.(?:get|head|request|put)\(/, arguments: 'call', proxies: ANY_CASE, fix: REQUESTS },
  {
    name: 'a request',
    pattern: new RegExp(`(?<![\\w.])(?:\\$?(?:self|this)\\.)?(?:${MODULES}|s|require\\(["']https?["']\\))\\.(?:get|head|request|put)\\(|(?<![\\w.])(?:fetch|axios|got|needle)\\(`),
    arguments: 'call',
    fix: TWO_STEPS,
  },
  { name: '/dev/tcp', pattern: /\/dev\/tcp\//, arguments: 'socket', fix: CURL },
  { name: 'nc', pattern: new RegExp(`(?<![\\w.$/-])(?:nc|ncat|netcat)${END}`), arguments: 'socket', fix: CURL },
];

export interface ToolUse {
  readonly tool: Tool;

  /** Where in the text of the command its name begins, and where it ends. */
  readonly index: number;
  readonly end: number;
}

/** Which commands call which tool. */
export type ToolUses = ReadonlyMap<Command, ToolUse>;

export function toolUsesOf(script: string, commands: readonly Command[]): ToolUses {
  const tools = TOOLS.filter(({ onlyWith }) => !onlyWith || onlyWith.test(script));
  return new Map(commands.flatMap(command => {
    const use = toolIn(command, tools);
    return use ? [[command, use] as const] : [];
  }));
}

function toolIn(command: Command, tools: readonly Tool[]): ToolUse | undefined {
  for (const tool of tools) {
    const match = tool.pattern.exec(command.text);
    if (match && isCalled(command, tool, match.index)) { return { tool, index: match.index, end: match.index + match[0].length }; }
  }
  return undefined;
}

/** In a string, a tool must come first: `sudo curl …` is run, `please try curl …` is text for people. */
function isCalled({ opener, previous, text }: Command, tool: Tool, index: number): boolean {
  if (tool.arguments !== 'words' || (opener !== '"' && opener !== "'") || previous) { return true; }
  const before = text.slice(Math.max(0, index - 200), index).replace(/[\w./\\-]*[/\\]$/, '');
  return before.split(/[\s(!@&]+/).every(word => word === '' || /^(?:-.*|\d+\w?|[*\d/,-]+|\w+=.*|\$?\w*sh|sudo|timeout|env|xargs|exec|nohup|time|retry|root|then|do|if|while|until|else|eval|CMD|RUN|command)$/.test(word) || word.includes(SCRIPT));
}
