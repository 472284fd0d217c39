import { ImdsCall, imdsCallsIn } from '../../../src/engine/scripts/imds-calls';

const URL = 'http://169.254.169.254/latest/api/token';
const TTL = 'X-aws-ec2-metadata-token-ttl-seconds';

const linesOf = (kind: ImdsCall['kind'], lines: readonly string[]): number[] => imdsCallsIn(lines.join('\n')).filter(call => call.kind === kind).map(({ line }) => line);

describe('the lifetime of a token', () => {
  const put = (seconds: string): string => `TOKEN=$(curl -s -X PUT ${URL} -H "${TTL}: ${seconds}")`;

  test.each<[string, string[], number]>([
    ['of 0 seconds', [put('0')], 1],
    ['of more than six hours', [put('21601')], 1],
    ['of a day', [put('86400')], 1],
    ['below 0', [put('-1')], 1],
    ['without a space', [`curl -X PUT ${URL} -H ${TTL}:86400`], 1],
    ['in lower case', [`curl -X PUT ${URL} -H '${TTL.toLowerCase()}: 86400'`], 1],
    ['on a continued line', [`curl -X PUT ${URL} \\`, `  -H "${TTL}: 86400"`], 2],
    ['in a variable', ['TTL=86400', put('$TTL')], 2],
    ['in a variable with braces and quotes', ['readonly TTL="86400"', put('${TTL}')], 2],
    ['in a header in a variable', [`HDR="${TTL}: 86400"`, `curl -X PUT ${URL} -H "$HDR"`], 1],
    ['in PowerShell', [`$t = Invoke-RestMethod -Method PUT -Headers @{"${TTL}" = "86400"} -Uri ${URL}`], 1],
    ['in Python', [`token = requests.put("${URL}", headers={"${TTL}": "86400"}).text`], 1],
    ['as a number', [`token = requests.put("${URL}", headers={"${TTL}": 86400}).text`], 1],
    ['in a variable of Python', ['TTL = 86400', `token = requests.put("${URL}", headers={"${TTL}": str(TTL)}).text`], 2],
    ['by its index', [`headers["${TTL}"] = "86400"`], 1],
    ['by a method', [`req.add_header("${TTL}", "86400")`], 1],
    ['in a hash of Ruby', [`req['${TTL}'] = '86400'`], 1],
  ])('%s is refused', (_, lines, line) => expect(linesOf('token-lifetime', lines)).toEqual([line]));

  test.each<[string, string[]]>([
    ['of a second', [put('1')]],
    ['of six hours', [put('21600')]],
    ['in a variable', ['TTL=300', put('$TTL')]],
    ['in a variable from elsewhere', [put('$TTL')]],
    ['that CloudFormation fills in', [put('${Ttl}')]],
    ['in a variable with several values', ['TTL=86400', 'TTL=300', put('$TTL')]],
    ['in a variable with a default', ['TTL=${TTL:-86400}', put('$TTL')]],
    ['in a comment', [`# curl -X PUT ${URL} -H "${TTL}: 86400"`]],
    ['in an echo', [`echo "${TTL}: 86400"`]],
    ['in PowerShell', [`$t = Invoke-RestMethod -Method PUT -Headers @{"${TTL}" = "21600"} -Uri ${URL}`]],
  ])('%s is given', (_, lines) => expect(linesOf('token-lifetime', lines)).toEqual([]));

  test('is told with its number', () => {
    expect(imdsCallsIn(put('86400'))).toEqual([{
      kind: 'token-lifetime',
      line: 1,
      text: put('86400'),
      reason: 'a token that lives 86400 seconds is asked for, which IMDS refuses: it gives 1 to 21600',
      fix: 'X-aws-ec2-metadata-token-ttl-seconds: 21600, or less',
    }]);
  });
});

describe('a request for a token', () => {
  const PUT = `curl -s -X PUT ${URL} -H "${TTL}: 60"`;
  const WGET = `wget -qO- --method=PUT --header="${TTL}: 60" ${URL}`;
  const PYTHON = `token = requests.put("${URL}", headers={"${TTL}": "60"}).text`;
  const GET = 'urllib.request.urlopen(urllib.request.Request("http://169.254.169.254/latest/api/token", method="PUT"))';

  test.each<[string, string[], number]>([
    ['curl -x', [`curl -x http://proxy:3128 -X PUT ${URL} -H "${TTL}: 60"`], 1],
    ['curl -x without a space', [`curl -xhttp://proxy:3128 -X PUT ${URL}`], 1],
    ['curl --proxy', [`${PUT} --proxy "http://proxy:3128"`], 1],
    ['curl --proxy=', [`${PUT} --proxy=proxy:3128`], 1],
    ['an exported variable', ['export http_proxy=http://proxy:3128', `TOKEN=$(${PUT})`], 2],
    ['a variable that is exported later', ['http_proxy=http://proxy:3128', 'export http_proxy https_proxy', PUT], 3],
    ['an exported variable with a value in quotes', ['export http_proxy="http://proxy:3128"', PUT], 2],
    ['a variable of a CloudFormation parameter', ['export http_proxy=${HttpProxy}', PUT], 2],
    ['a variable for everything', ['export ALL_PROXY=http://proxy:3128', PUT], 2],
    ['set -a', ['set -a', 'http_proxy=http://proxy:3128', PUT], 3],
    ['a variable for one command', [`http_proxy=http://proxy:3128 ${PUT}`], 1],
    ['exceptions without IMDS', ['export http_proxy=http://proxy:3128', 'export no_proxy=localhost,127.0.0.1', PUT], 3],
    ['a variable that is set again', ['export http_proxy=x:1', 'unset http_proxy', 'export http_proxy=y:1', PUT], 4],
    ['a header of its own', [`${PUT} -H "X-Forwarded-For: 10.0.0.1"`], 1],
    ['wget', ['export http_proxy=http://proxy:3128', WGET], 2],
    ['an option of wget', [`${WGET} -e use_proxy=yes -e http_proxy=proxy:3128`], 1],
    ['PowerShell', [`Invoke-RestMethod -Method PUT -Proxy http://proxy:3128 -Uri ${URL}`], 1],
    ['requests', ['export https_proxy=x:1', 'export HTTP_PROXY=http://proxy:3128', "python3 <<'PY'", PYTHON, 'PY'], 4],
    ['an argument of requests', [PYTHON.replace('})', '}, proxies={"http": "http://proxy:3128"})')], 1],
    ['urllib, which knows both cases', ['export HTTP_PROXY=http://proxy:3128', GET], 2],
  ])('goes through a proxy: %s', (_, lines, line) => expect(linesOf('token-through-proxy', lines)).toEqual([line]));

  test.each<[string, string[]]>([
    ['without a proxy', [PUT]],
    ['with a proxy for https', ['export https_proxy=http://proxy:3128', PUT]],
    ['with HTTP_PROXY, which curl does not know', ['export HTTP_PROXY=http://proxy:3128', PUT]],
    ['with a variable that is not exported', ['http_proxy=http://proxy:3128', PUT]],
    ['with an exception', ['export http_proxy=http://proxy:3128', 'export no_proxy=localhost,169.254.169.254', PUT]],
    ['with an exception in quotes', ['export http_proxy=http://proxy:3128 no_proxy="localhost, 169.254.169.254"', PUT]],
    ['with an exception for the range', ['export http_proxy=http://proxy:3128', 'export NO_PROXY=169.254.0.0/16', PUT]],
    ['with an exception for everything', ['export http_proxy=http://proxy:3128', 'export no_proxy="*"', PUT]],
    ['with exceptions from elsewhere', ['export http_proxy=http://proxy:3128', 'export no_proxy=${NoProxy}', PUT]],
    ['with exceptions in a variable', ['EXCEPT=localhost,169.254.169.254', 'export http_proxy=http://proxy:3128', 'export no_proxy=$EXCEPT', PUT]],
    ['with --noproxy', ['export http_proxy=http://proxy:3128', `${PUT} --noproxy 169.254.169.254`]],
    ['with --no-proxy', ['export http_proxy=http://proxy:3128', `${WGET} --no-proxy`]],
    ['before the proxy is set', [PUT, 'export http_proxy=http://proxy:3128']],
    ['after the proxy is unset', ['export http_proxy=http://proxy:3128', 'unset http_proxy', PUT]],
    ['after the proxy is emptied', ['export http_proxy=http://proxy:3128', 'export http_proxy=', PUT]],
    ['with the proxy emptied for it', ['export http_proxy=http://proxy:3128', `${PUT} --proxy ""`]],
    ['with a proxy that is no HTTP proxy', [`${PUT} --proxy socks5://localhost:1080`]],
    ['in PowerShell, which takes no proxy from its environment', ['$env:http_proxy = "http://proxy:3128"', `Invoke-RestMethod -Method PUT -Uri ${URL}`]],
    ['with -Proxy for another request', ['iwr https://example.com -Proxy http://proxy:3128', `Invoke-RestMethod -Method PUT -Uri ${URL}`]],
    ['in a comment', ['export http_proxy=http://proxy:3128', `# ${PUT}`]],
    ['with a proxy in a comment', ['# export http_proxy=http://proxy:3128', PUT]],
    ['in Python with the proxies emptied', ['export http_proxy=x:1', PYTHON.replace('})', '}, proxies={"http": None})')]],
  ])('goes to IMDS itself: %s', (_, lines) => expect(linesOf('token-through-proxy', lines)).toEqual([]));

  test('through a proxy is told with the proxy', () => {
    expect(imdsCallsIn(`export http_proxy=http://proxy:3128\n${PUT}`)).toEqual([expect.objectContaining({
      kind: 'token-through-proxy',
      line: 2,
      reason: expect.stringContaining('http_proxy=http://proxy:3128'),
      fix: expect.stringContaining('no_proxy=169.254.169.254'),
    })]);
  });

  test('through a proxy is told without its password', () => {
    const [call] = imdsCallsIn(`curl -x http://user:secret@proxy:3128 -X PUT ${URL}`);

    expect(JSON.stringify(call)).not.toContain('secret');
    expect(call.reason).toContain('http://***@proxy:3128');
    expect(call.text).toContain('http://***@proxy:3128');
  });

  test('to a path with a version in it is no call of version 1', () => {
    expect(imdsCallsIn(PUT.replace('/latest/', '/2021-01-01/'))).toEqual([]);
  });
});
