import fc from 'fast-check';
import { imdsCallsIn } from '../../../src/engine/scripts/imds-calls';

const IMDS = 'http://169.254.169.254/latest';
const PUT = `TOKEN=$(curl -fsS -X PUT ${IMDS}/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 21600')`;
const HEADER = 'X-aws-ec2-metadata-token: $TOKEN';

/** The lines on which a script calls IMDS without a token. */
const calls = (...lines: string[]): number[] => imdsCallsIn(lines.join('\n')).filter(({ kind }) => kind === 'imdsv1-call').map(({ line }) => line);

interface Twin {
  readonly title: string;

  /** The last line, or the line that says so, calls IMDS without a token. */
  readonly breaks: readonly string[];
  readonly works: readonly string[];
  readonly line?: number;
}

function twins(title: string, breaks: string | readonly string[], works: string | readonly string[], line?: number): Twin {
  return { title, breaks: [breaks].flat(), works: [works].flat(), line };
}

const SHELL: Twin[] = [
  twins('curl', `curl -s ${IMDS}/meta-data/instance-id`, [PUT, `curl -s -H "${HEADER}" ${IMDS}/meta-data/instance-id`]),
  twins('curl by its path', `/usr/bin/curl ${IMDS}/meta-data/`, `/usr/bin/curl -H "${HEADER}" ${IMDS}/meta-data/`),
  twins('curl.exe', `curl.exe ${IMDS}/meta-data/`, `curl.exe -H "${HEADER}" ${IMDS}/meta-data/`),
  twins('curl in a substitution', `ID=$(curl -s ${IMDS}/meta-data/instance-id)`, `ID=$(curl -s -H "${HEADER}" ${IMDS}/meta-data/instance-id)`),
  twins('curl in a quoted substitution', `ID="$(curl -s "${IMDS}/meta-data/instance-id")"`, `ID="$(curl -s -H "${HEADER}" "${IMDS}/meta-data/instance-id")"`),
  twins('curl in backticks', `ID=\`curl -s ${IMDS}/meta-data/instance-id\``, `ID=\`curl -s -H "${HEADER}" ${IMDS}/meta-data/instance-id\``),
  twins('the header in lower case', `curl -H 'x-aws-ec2-metadata: $T' ${IMDS}/x`, `curl -H 'x-aws-ec2-metadata-token: $T' ${IMDS}/x`),
  twins('a header with the name misspelt', `curl -H "X-aws-metadata-token: $T" ${IMDS}/x`, `curl -H "${HEADER}" ${IMDS}/x`),
  twins('the header behind the address', `curl ${IMDS}/x -H "Accept: */*"`, `curl ${IMDS}/x -H "${HEADER}"`),
  twins('continued lines', ['ID=$(curl -s \\', '  --retry 3 \\', `  ${IMDS}/meta-data/instance-id)`], ['ID=$(curl -s \\', `  -H "${HEADER}" \\`, `  ${IMDS}/meta-data/instance-id)`], 1),
  twins('continued lines that end with a carriage return', ['curl -s \\\r', `  ${IMDS}/x\r`], ['curl -s \\\r', `  -H "${HEADER}" \\\r`, `  ${IMDS}/x\r`], 1),
  twins('a token that is fetched in the header', `curl -H "X-Other: $(date)" ${IMDS}/x`, `curl -H "X-aws-ec2-metadata-token: $(curl -s -X PUT ${IMDS}/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')" ${IMDS}/x`),
  twins('one of several commands on a line', `${PUT}; curl -H "${HEADER}" ${IMDS}/a; curl ${IMDS}/b`, `${PUT}; curl -H "${HEADER}" ${IMDS}/a; curl -H "${HEADER}" ${IMDS}/b`),
  twins('one of several commands, the other with a token', [PUT, `A=$(curl -H "${HEADER}" ${IMDS}/a)`, `B=$(curl ${IMDS}/b)`], [PUT, `A=$(curl -H "${HEADER}" ${IMDS}/a)`, `B=$(curl -H "${HEADER}" ${IMDS}/b)`]),
  twins('a pipe', `curl -s ${IMDS}/x | jq -r .region`, `curl -s -H "${HEADER}" ${IMDS}/x | jq -r .region`),
  twins('the address in a variable', [`MD=${IMDS}/meta-data`, 'curl -s $MD/instance-id'], [`MD=${IMDS}/meta-data`, `curl -s -H "${HEADER}" $MD/instance-id`]),
  twins('the host in a variable', ['readonly HOST="169.254.169.254"', 'curl -s "http://${HOST}/latest/meta-data"'], ['readonly HOST="169.254.169.254"', `curl -s -H "${HEADER}" "http://\${HOST}/latest/meta-data"`]),
  twins('the address in variables made of each other', ['IP=169.254.169.254', 'BASE="http://$IP"', 'URL=$BASE/latest', 'wget -qO- $URL/x'], ['IP=169.254.169.253', 'BASE="http://$IP"', 'URL=$BASE/latest', 'wget -qO- $URL/x']),
  twins('a variable that is set below the function that uses it', ['get() {', '  curl -s "$MD/$1"', '}', `MD=${IMDS}`, 'get instance-id'], ['get() {', `  curl -s -H "${HEADER}" "$MD/$1"`, '}', `MD=${IMDS}`, 'get instance-id'], 2),
  twins('a variable that is given another value', ['URL=https://example.com', `URL=${IMDS}`, 'curl $URL'], [`URL=${IMDS}`, 'URL=https://example.com', 'curl $URL']),
  twins('the header in a variable', ['HDR="Accept: text/plain"', `curl -H "$HDR" ${IMDS}/x`], [`HDR="${HEADER}"`, `curl -H "$HDR" ${IMDS}/x`]),
  twins('options in a variable', ['OPTS="-s --fail"', `curl $OPTS ${IMDS}/x`], [`OPTS="-s -H '${HEADER}'"`, `curl $OPTS ${IMDS}/x`]),
  twins('options in an array', ['ARGS=(-s --fail)', `curl "\${ARGS[@]}" ${IMDS}/x`], [`ARGS=(-s -H "${HEADER}")`, `curl "\${ARGS[@]}" ${IMDS}/x`]),
  twins('options in an array that grows', ['ARGS=(-s)', 'ARGS+=(--fail)', `curl "\${ARGS[@]}" ${IMDS}/x`], ['ARGS=(-s)', `ARGS+=(-H "${HEADER}")`, `curl "\${ARGS[@]}" ${IMDS}/x`]),
  twins('the tool in a variable', ['CURL="curl -s --fail"', `$CURL ${IMDS}/x`], [`CURL="curl -s -H '${HEADER}'"`, `$CURL ${IMDS}/x`]),
  twins('a function that sends no token', [`md() { curl -s ${IMDS}/meta-data/$1; }`, 'md instance-id'], [`md() { curl -s -H "${HEADER}" ${IMDS}/meta-data/$1; }`, 'md instance-id'], 1),
  twins('a function over several lines', ['function md {', `  curl -s ${IMDS}/$1`, '}'], ['function md {', `  local header="${HEADER}"`, `  curl -s -H "$header" ${IMDS}/$1`, '}'], 2),
  twins('a function that is given the address', ['get() { curl -s "$1"; }', `get ${IMDS}/x`], [`get() { curl -s -H "${HEADER}" "$1"; }`, `get ${IMDS}/x`]),
  twins('a function in the place of curl', ['curl() { command curl --fail "$@"; }', `curl ${IMDS}/x`], [`curl() { command curl -H "${HEADER}" "$@"; }`, `curl ${IMDS}/x`]),
  twins('an alias', ["alias curl='curl -s'", `curl ${IMDS}/x`], [`alias curl='curl -s -H "${HEADER}"'`, `curl ${IMDS}/x`]),
  twins('the file of defaults of curl', ['echo silent > ~/.curlrc', `curl ${IMDS}/x`], [`echo 'header = "${HEADER}"' > ~/.curlrc`, `curl ${IMDS}/x`]),
  twins('a string for another shell', `bash -c "curl -s ${IMDS}/x"`, `bash -c "curl -s -H '${HEADER}' ${IMDS}/x"`),
  twins('a string for another shell with several commands', `su - app -c 'cd /tmp; curl ${IMDS}/x'`, `su - app -c 'cd /tmp; curl -H "${HEADER}" ${IMDS}/x'`),
  twins('an echo that substitutes', `echo "id: $(curl -s ${IMDS}/x)"`, `echo "id: $(curl -s -H "${HEADER}" ${IMDS}/x)"`),
  twins('an echo into a script', `echo "curl ${IMDS}/x" >> /etc/rc.local`, `echo "curl -H '${HEADER}' ${IMDS}/x" >> /etc/rc.local`),
  twins('an echo into crontab', `echo "* * * * * curl ${IMDS}/x" | crontab -`, `echo "* * * * * curl -H '${HEADER}' ${IMDS}/x" | crontab -`),
  twins('a condition', `if ! curl -sf ${IMDS}/x >/dev/null; then exit; fi`, `if ! curl -sf -H "${HEADER}" ${IMDS}/x >/dev/null; then exit; fi`),
  twins('a loop over addresses', [`for u in ${IMDS}/a ${IMDS}/b; do`, 'curl -s $u', 'done'], [`for u in ${IMDS}/a ${IMDS}/b; do`, `curl -s -H "${HEADER}" $u`, 'done'], 2),
  twins('a line of cloud-config', ['#cloud-config', 'runcmd:', ` - curl -s ${IMDS}/x`], ['#cloud-config', 'runcmd:', ` - curl -s -H "${HEADER}" ${IMDS}/x`]),
  twins('a list of cloud-config', ['#cloud-config', 'runcmd:', ` - [curl, -s, "${IMDS}/x"]`], ['#cloud-config', 'runcmd:', ` - [curl, -s, -H, "${HEADER}", "${IMDS}/x"]`]),
  twins('a unit of systemd', ['[Service]', `ExecStartPre=/usr/bin/curl ${IMDS}/x`], ['[Service]', `ExecStartPre=/usr/bin/curl -H "${HEADER}" ${IMDS}/x`]),
  twins('a heredoc with a script', ["cat > /opt/run.sh <<'EOF'", '#!/bin/bash', `curl ${IMDS}/x`, 'EOF'], ["cat > /opt/run.sh <<'EOF'", '#!/bin/bash', `curl -H "${HEADER}" ${IMDS}/x`, 'EOF'], 3),
  twins('a heredoc for an interpreter', ['sudo bash <<EOF', `curl ${IMDS}/x`, 'EOF'], ['sudo bash <<EOF', `curl -H "${HEADER}" ${IMDS}/x`, 'EOF'], 2),
  twins('a heredoc that is piped to an interpreter', ['cat <<EOF | sudo -u app bash', `curl ${IMDS}/x`, 'EOF'], ['cat <<EOF | sudo -u app bash', `curl -H "${HEADER}" ${IMDS}/x`, 'EOF'], 2),
  twins('a long echo that is piped to an interpreter', ['echo "', `curl ${IMDS}/x`, '" | sh'], ['echo "', `curl -H '${HEADER}' ${IMDS}/x`, '" | sh'], 2),
  twins('a page that substitutes', ['cat <<EOF > /var/www/html/index.html', `<p>$(curl -s ${IMDS}/x)</p>`, 'EOF'], ['cat <<EOF > /var/www/html/index.html', `<p>$(curl -s -H "${HEADER}" ${IMDS}/x)</p>`, 'EOF'], 2),
  twins('a long echo that substitutes', ['echo "<html>', `<p>$(curl -s ${IMDS}/x)</p>`, '</html>" > /var/www/html/index.html'], ['echo "<html>', `<p>$(curl -s -H "${HEADER}" ${IMDS}/x)</p>`, '</html>" > /var/www/html/index.html'], 2),
  twins('wget', `wget -q -O - ${IMDS}/x`, `wget -q -O - --header "${HEADER}" ${IMDS}/x`),
  twins('wget with a long option', `wget -qO- --header='Accept: */*' ${IMDS}/x`, `wget -qO- --header='${HEADER}' ${IMDS}/x`),
  twins('nc', 'printf \'GET /latest/meta-data HTTP/1.0\\r\\n\\r\\n\' | nc 169.254.169.254 80', `printf 'GET /latest/meta-data HTTP/1.0\\r\\n${HEADER}\\r\\n\\r\\n' | nc 169.254.169.254 80`),
  twins('/dev/tcp', ['exec 3<>/dev/tcp/169.254.169.254/80', 'echo -e "GET /latest/meta-data HTTP/1.0\\r\\n" >&3'], ['exec 3<>/dev/tcp/169.254.169.254/80', `echo -e "GET /latest/meta-data HTTP/1.0\\r\\n${HEADER}\\r\\n" >&3`], 1),
];

const POWERSHELL: Twin[] = [
  ...['Invoke-RestMethod', 'Invoke-WebRequest', 'irm', 'iwr', 'invoke-restmethod'].map(name => (
    twins(name, `$id = ${name} -Uri ${IMDS}/x`, `$id = ${name} -Headers @{'X-aws-ec2-metadata-token' = $token} -Uri ${IMDS}/x`))),
  twins('an argument without -Uri', `(iwr ${IMDS}/x -UseBasicParsing).Content`, `(iwr ${IMDS}/x -UseBasicParsing -Headers @{"X-aws-ec2-metadata-token"=$t}).Content`),
  twins('continued lines', ['Invoke-RestMethod `', `  -Uri ${IMDS}/x`], ['Invoke-RestMethod `', "  -Headers @{'X-aws-ec2-metadata-token' = $t} `", `  -Uri ${IMDS}/x`], 1),
  twins('a hash over several lines', ['Invoke-RestMethod -Headers @{', "  'Accept' = 'text/plain'", `} -Uri ${IMDS}/x`], ['Invoke-RestMethod -Headers @{', "  'X-aws-ec2-metadata-token' = $t", `} -Uri ${IMDS}/x`], 1),
  twins('headers in a variable', ["$headers = @{ Accept = '*/*' }", `Invoke-RestMethod -Headers $headers -Uri ${IMDS}/x`], ["$headers = @{ 'X-aws-ec2-metadata-token' = $t }", `Invoke-RestMethod -Headers $headers -Uri ${IMDS}/x`]),
  twins('a header that is added', ['$headers = @{}', "$headers.Add('Accept', '*/*')", `irm ${IMDS}/x -Headers $headers`], ['$headers = @{}', "$headers.Add('X-aws-ec2-metadata-token', $t)", `irm ${IMDS}/x -Headers $headers`]),
  twins('a header that is set by its index', ['$h = @{}', "$h['Accept'] = '*/*'", `irm ${IMDS}/x -Headers $h`], ['$h = @{}', "$h['X-aws-ec2-metadata-token'] = $t", `irm ${IMDS}/x -Headers $h`]),
  twins('splatting', [`$p = @{ Uri = '${IMDS}/x' }`, 'Invoke-RestMethod @p'], [`$p = @{ Uri = '${IMDS}/x'; Headers = @{ 'X-aws-ec2-metadata-token' = $t } }`, 'Invoke-RestMethod @p']),
  twins('the address in a variable', [`$base = "${IMDS}"`, 'Invoke-RestMethod -Uri "$base/meta-data"'], [`$base = "${IMDS}"`, 'Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token"=$t} -Uri "$base/meta-data"']),
  twins('a default of a parameter', ['function Get-Id {', `  param([string]$Uri = "${IMDS}/x")`, '  Invoke-RestMethod -Uri $Uri', '}'], ['function Get-Id {', '  param([string]$Uri)', '  Invoke-RestMethod -Uri $Uri', '}'], 3),
  twins('an argument of Write-Host', `Write-Host (Invoke-RestMethod ${IMDS}/x)`, `Write-Host (Invoke-RestMethod ${IMDS}/x -Headers @{'X-aws-ec2-metadata-token'=$t})`),
  twins('a substitution in a string', `Write-Host "id $(Invoke-RestMethod ${IMDS}/x)"`, `Write-Host "id $(Invoke-RestMethod ${IMDS}/x -Headers @{'X-aws-ec2-metadata-token'=$t})"`),
  twins('WebClient', `$id = (New-Object Net.WebClient).DownloadString('${IMDS}/x')`, "$id = (New-Object Net.WebClient).DownloadString('http://example.com')"),
  twins('a WebClient in a variable', ['$wc = New-Object System.Net.WebClient', `$wc.DownloadString("${IMDS}/x")`], ['$wc = New-Object System.Net.WebClient', '$wc.Headers.Add("X-aws-ec2-metadata-token", $t)', `$wc.DownloadString("${IMDS}/x")`]),
];

const TTL = "'X-aws-ec2-metadata-token-ttl-seconds': '21600'";
const LANGUAGES: Twin[] = [
  twins('urllib of Python 3', ['import urllib.request', `urllib.request.urlopen("${IMDS}/x").read()`], ['import urllib.request', `urllib.request.urlopen(urllib.request.Request("${IMDS}/x", headers={"X-aws-ec2-metadata-token": token})).read()`]),
  twins('urllib2', `print urllib2.urlopen("${IMDS}/x").read()`, `print urllib2.urlopen(urllib2.Request("${IMDS}/x", None, {"X-aws-ec2-metadata-token": t})).read()`),
  twins('a request in a variable', [`req = Request("${IMDS}/x")`, 'urlopen(req)'], [`req = Request("${IMDS}/x")`, 'req.add_header("X-aws-ec2-metadata-token", token)', 'urlopen(req)']),
  twins('a PUT in a variable', [`req = Request("${IMDS}/x")`, 'urlopen(req)'], [`req = Request("${IMDS}/api/token", method="PUT", headers={${TTL}})`, 'token = urlopen(req).read()']),
  twins('requests', `r = requests.get("${IMDS}/x", timeout=2)`, `r = requests.get("${IMDS}/x", headers={"X-aws-ec2-metadata-token": token}, timeout=2)`),
  twins('requests over several lines', ['r = requests.get(', `    "${IMDS}/x",`, '    timeout=2,', ')'], ['r = requests.get(', `    "${IMDS}/x",`, '    headers={', '        "X-aws-ec2-metadata-token": token,', '    },', ')'], 1),
  twins('requests with variables', [`URL = "${IMDS}/x"`, 'headers = {"Accept": "*/*"}', 'requests.get(URL, headers=headers)'], [`URL = "${IMDS}/x"`, 'headers = {"X-aws-ec2-metadata-token": token}', 'requests.get(URL, headers=headers)']),
  twins('requests with the header in a hash over several lines', ['headers = {', '    "Accept": "*/*",', '}', `requests.get("${IMDS}/x", headers=headers)`], ['headers = {', '    "X-aws-ec2-metadata-token": token,', '}', `requests.get("${IMDS}/x", headers=headers)`]),
  twins('requests with the name of the header in a variable', ['NAME = "Accept"', `requests.get("${IMDS}/x", headers={NAME: token})`], ['NAME = "X-aws-ec2-metadata-token"', `requests.get("${IMDS}/x", headers={NAME: token})`]),
  twins('a session', ['session = requests.Session()', `session.get("${IMDS}/x")`], ['session = requests.Session()', 'session.headers.update({"X-aws-ec2-metadata-token": token})', `session.get("${IMDS}/x")`]),
  twins('an f-string', ['BASE = "http://169.254.169.254"', 'requests.get(f"{BASE}/latest/{path}")'], ['BASE = "http://169.254.169.254"', 'requests.get(f"{BASE}/latest/{path}", headers={"X-aws-ec2-metadata-token": t})']),
  twins('the default of an environment variable', [`BASE = os.environ.get("IMDS", "${IMDS}")`, 'requests.get(BASE + "/x")'], [`BASE = os.environ.get("IMDS", "${IMDS}")`, 'requests.get(BASE + "/x", headers={"X-aws-ec2-metadata-token": t})']),
  twins('http.client', ['import http.client', 'conn = http.client.HTTPConnection("169.254.169.254")', 'conn.request("GET", "/latest/meta-data/")'], ['import http.client', 'conn = http.client.HTTPConnection("169.254.169.254")', 'conn.request("GET", "/latest/meta-data/", headers={"X-aws-ec2-metadata-token": t})']),
  twins('Python in a shell', `python3 -c "import urllib.request as u; print(u.urlopen('${IMDS}/x').read())"`, `python3 -c "import urllib.request as u; print(u.urlopen(u.Request('${IMDS}/x', headers={'X-aws-ec2-metadata-token': '$T'})).read())"`),
  twins('Python in a heredoc', ["python3 - <<'PY'", 'from urllib.request import urlopen', `print(urlopen("${IMDS}/x").read())`, 'PY'], ["python3 - <<'PY'", 'from urllib.request import urlopen, Request', `print(urlopen(Request("${IMDS}/x", headers={"X-aws-ec2-metadata-token": t})).read())`, 'PY'], 3),
  twins('curl in an array of arguments', `subprocess.check_output(["curl", "-s", "${IMDS}/x"])`, `subprocess.check_output(["curl", "-s", "-H", "X-aws-ec2-metadata-token: " + t, "${IMDS}/x"])`),
  twins('curl in a string of Python', `os.popen("curl -s ${IMDS}/x").read()`, `os.popen("curl -s -H 'X-aws-ec2-metadata-token: %s' ${IMDS}/x" % t).read()`),
  twins('Net::HTTP.get', ["require 'net/http'", `id = Net::HTTP.get(URI('${IMDS}/x'))`], ["require 'net/http'", `id = Net::HTTP.get(URI('${IMDS}/x'), { 'X-aws-ec2-metadata-token' => token })`]),
  twins('a request of Net::HTTP', ["require 'net/http'", `uri = URI.parse('${IMDS}/x')`, 'req = Net::HTTP::Get.new(uri)', 'Net::HTTP.start(uri.host) { |http| http.request(req) }'], ["require 'net/http'", `uri = URI.parse('${IMDS}/x')`, 'req = Net::HTTP::Get.new(uri)', "req['X-aws-ec2-metadata-token'] = token", 'Net::HTTP.start(uri.host) { |http| http.request(req) }']),
  twins('open-uri', ["require 'open-uri'", `id = open('${IMDS}/x').read`], ["require 'open-uri'", `id = open('${IMDS}/x', 'X-aws-ec2-metadata-token' => token).read`]),
  twins('curl in backticks of Ruby', `$id = \`curl -s ${IMDS}/x\``, `$id = \`curl -s -H "X-aws-ec2-metadata-token: #{$token}" ${IMDS}/x\``),
  twins('LWP::Simple', ['use LWP::Simple;', `my $id = get("${IMDS}/x");`], ['use LWP::Simple;', 'my $id = get("http://example.com/x");']),
  twins('LWP::UserAgent', ['my $ua = LWP::UserAgent->new;', `my $res = $ua->get('${IMDS}/x');`], ['my $ua = LWP::UserAgent->new;', `my $res = $ua->get('${IMDS}/x', 'X-aws-ec2-metadata-token' => $t);`]),
  twins('LWP::UserAgent with a header for all', ['$ua->default_header("Accept" => "*/*");', `$ua->get('${IMDS}/x');`], ['$ua->default_header("X-aws-ec2-metadata-token" => $t);', `$ua->get('${IMDS}/x');`]),
  twins('http of Node.js', `http.get('${IMDS}/x', res => {`, `http.get('${IMDS}/x', { headers: { 'X-aws-ec2-metadata-token': token } }, res => {`),
  twins('http of Node.js with options', ["const options = { host: '169.254.169.254', path: '/latest/x' };", 'http.request(options, res => res.pipe(process.stdout));'], ["const options = { host: '169.254.169.254', path: '/latest/x', headers: { 'X-aws-ec2-metadata-token': token } };", 'http.request(options, res => res.pipe(process.stdout));']),
  twins('fetch', `const id = await fetch('${IMDS}/x');`, `const id = await fetch('${IMDS}/x', { headers: { 'X-aws-ec2-metadata-token': token } });`),
  twins('fetch with a template literal', ["const base = 'http://169.254.169.254';", 'await fetch(`${base}/latest/x`);'], ["const base = 'http://169.254.169.254';", "await fetch(`${base}/latest/x`, { headers: { 'X-aws-ec2-metadata-token': token } });"]),
  twins('fetch with shorthand headers', ["const headers = { accept: '*/*' };", `await fetch('${IMDS}/x', { headers });`], ["const headers = { 'X-aws-ec2-metadata-token': token };", `await fetch('${IMDS}/x', { headers });`]),
  twins('axios', `axios.get('${IMDS}/x')`, `axios.get('${IMDS}/x', { headers: { 'X-aws-ec2-metadata-token': token } })`),
  twins('an axios instance', [`const client = axios.create({ baseURL: '${IMDS}' });`, "client.get('/x');"], [`const client = axios.create({ baseURL: '${IMDS}', headers: { 'X-aws-ec2-metadata-token': token } });`, "client.get('/x');"]),
  twins('http.Get of Go', `resp, err := http.Get("${IMDS}/x")`, 'resp, err := http.Get("http://example.com/x")'),
  twins('a request of Go', [`req, _ := http.NewRequest("GET", "${IMDS}/x", nil)`, 'resp, err := client.Do(req)'], [`req, _ := http.NewRequest("GET", "${IMDS}/x", nil)`, 'req.Header.Set("X-aws-ec2-metadata-token", token)', 'resp, err := client.Do(req)']),
  twins('file_get_contents', `$id = file_get_contents("${IMDS}/x");`, `$id = file_get_contents("${IMDS}/x", false, stream_context_create(["http" => ["header" => "X-aws-ec2-metadata-token: $t"]]));`),
  twins('file_get_contents with a context', [`$url = "${IMDS}/x";`, '$id = file_get_contents($url);'], [`$url = "${IMDS}/x";`, '$ctx = stream_context_create(["http" => ["header" => "X-aws-ec2-metadata-token: $t"]]);', '$id = file_get_contents($url, false, $ctx);']),
  twins('curl of PHP', ['$ch = curl_init();', `curl_setopt($ch, CURLOPT_URL, "${IMDS}/x");`, '$id = curl_exec($ch);'], ['$ch = curl_init();', `curl_setopt($ch, CURLOPT_URL, "${IMDS}/x");`, 'curl_setopt($ch, CURLOPT_HTTPHEADER, ["X-aws-ec2-metadata-token: $t"]);', '$id = curl_exec($ch);']),
  twins('an echo of PHP', `<?php echo file_get_contents("${IMDS}/x"); ?>`, '<?php echo file_get_contents("http://example.com/x"); ?>'),
];

describe.each([['shells', SHELL], ['PowerShell', POWERSHELL], ['other languages', LANGUAGES]])('calls from %s', (_, table) => {
  test.each(table)('$title: without a token', ({ breaks, line }) => expect(calls(...breaks)).toEqual([line ?? breaks.length]));

  test.each(table)('$title: with a token, or to another place', ({ works }) => expect(calls(...works)).toEqual([]));
});

describe('addresses', () => {
  test.each([
    'http://169.254.169.254', 'http://169.254.169.254/', '169.254.169.254/latest/meta-data', 'http://169.254.169.254:80/latest', 'HTTP://169.254.169.254/latest',
    'http://[fd00:ec2::254]/latest', 'http://[FD00:EC2::254]/latest', 'http://[fd00:0ec2:0:0:0:0:0:254]/latest', 'http://[::ffff:169.254.169.254]/latest', 'http://[::ffff:a9fe:a9fe]/latest',
    'http://instance-data/latest/meta-data', 'instance-data/latest/meta-data', 'http://instance-data.ec2.internal/latest', 'http://instance-data.eu-west-1.compute.internal/latest',
    'http://0xA9FEA9FE/latest', 'http://2852039166/latest', 'http://0xa9.0xfe.0xa9.0xfe/latest', 'http://0251.0376.0251.0376/latest', 'http://025177524776/latest',
    'http://169.16689662/latest', 'http://169.254.43518/latest', 'http://169.254.169.254/2009-04-04/meta-data', 'http://169.254.169.254/1.0/meta-data', '"http://169.254.169.254/latest"',
  ])('%s is IMDS', address => expect(calls(`curl -s ${address}`)).toEqual([1]));

  test.each([
    'http://169.254.169.253/latest', 'http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'http://169.254.170.2/v2/metadata', 'http://1169.254.169.254/', 'http://169.254.169.2540/',
    'http://169.254.169.254.nip.io/', 'http://169.254.169.254:8080/', 'https://example.com/?url=http://169.254.169.254/latest', 'https://example.com/169.254.169.254', 'http://2852039167/latest',
    'https://example.com/instance-data/latest', 'https://example.com/instance-data', 'http://instance-data.example.com/', 'http://my-instance-data/', 'https://example.com/2852039166',
    'http://169.254.169.254/metadata/instance?api-version=2021-02-01', 'http://metadata.google.internal/computeMetadata/v1/', 'http://169.254.169.254/opc/v2/instance/', 'http://169.254.169.254/metadata/v1/id',
  ])('%s is not IMDS', address => expect(calls(`curl -s ${address}`)).toEqual([]));
});

describe('what only mentions the address', () => {
  test.each<[string, string[]]>([
    ['a comment', [`# curl ${IMDS}/x`]],
    ['a comment behind a command', [`yum update -y # then curl ${IMDS}/x`]],
    ['a comment with a quote in it', ["# don't", `# curl ${IMDS}/x`]],
    ['a comment of JavaScript', [`// fetch('${IMDS}/x')`]],
    ['a comment behind a statement', [`run(); // fetch('${IMDS}/x')`]],
    ['a block comment', ['/*', ` * fetch('${IMDS}/x')`, ' */']],
    ['a comment of cmd', [`REM curl ${IMDS}/x`, `@rem curl ${IMDS}/x`, `:: curl ${IMDS}/x`]],
    ['a comment of PowerShell', ['<#', `  irm ${IMDS}/x`, '#>', 'Get-Date']],
    ['a comment of Ruby', ['=begin', `Net::HTTP.get(URI('${IMDS}/x'))`, '=end']],
    ['a comment of HTML', [`<!-- curl ${IMDS}/x -->`]],
    ['documentation of Python', ['def get():', '    """', `    Like curl ${IMDS}/x`, '    """', '    return 1']],
    ['an echo', [`echo "curl ${IMDS}/x"`, `echo 'curl ${IMDS}/x'`, `echo curl ${IMDS}/x`]],
    ['an echo that substitutes nothing', [`echo 'try $(curl ${IMDS}/x)'`]],
    ['a printf', [`printf "try curl %s\\n" "curl ${IMDS}/x"`]],
    ['a long echo', ['echo "Usage:', `  curl ${IMDS}/x`, '"']],
    ['an error', [`die "curl ${IMDS}/x failed"`, `raise RuntimeError("curl ${IMDS}/x failed")`, `log.error("curl ${IMDS}/x failed")`]],
    ['Write-Host', [`Write-Host "Invoke-RestMethod ${IMDS}/x"`]],
    ['a message in a variable', [`MSG="please run curl ${IMDS}/x yourself"`]],
    ['a heredoc for people', ['cat <<EOF > /etc/motd', `Try curl ${IMDS}/x`, 'EOF']],
    ['a heredoc for people that another command writes', ['cat <<EOF | sudo tee /etc/motd', `Try curl ${IMDS}/x`, 'EOF']],
    ['a heredoc to the screen', ['cat <<EOF', `Try: curl ${IMDS}/x`, 'EOF']],
    ['a heredoc with documentation', ["cat > /root/README.md <<'EOF'", `curl ${IMDS}/x`, '$(curl http://169.254.169.254/)', 'EOF']],
    ['a comment made of a heredoc', [": <<'COMMENT'", `curl ${IMDS}/x`, 'COMMENT']],
    ['a pattern to look for', [`grep -q "curl ${IMDS}/x" /opt/run.sh`, `pgrep -f "curl ${IMDS}/x"`, `sed -i 's#curl ${IMDS}/x#true#' /opt/run.sh`]],
    ['a firewall', ['iptables -A OUTPUT -d 169.254.169.254 -j DROP', 'iptables -t nat -A PREROUTING -p tcp -d 169.254.169.254 --dport 80 -j DNAT --to 127.0.0.1:8181']],
    ['a route', ['ip route add blackhole 169.254.169.254/32', 'route add 169.254.169.254 mask 255.255.255.255 0.0.0.0']],
    ['exceptions from a proxy', ['export NO_PROXY=169.254.169.254,localhost', 'no_proxy=169.254.169.254 curl https://example.com', 'curl --noproxy 169.254.169.254 https://example.com', 'docker run -e NO_PROXY=169.254.169.254 curl curl https://example.com']],
    ['a range', ['curl -s https://example.com/allow -d cidr=169.254.169.254/32']],
    ['what is sent elsewhere', [`curl -X POST https://example.com -d "could not reach ${IMDS}"`, `curl --data='${IMDS}' https://example.com`]],
    ['a test of the port', ['nc -zv 169.254.169.254 80', "timeout 1 bash -c '</dev/tcp/169.254.169.254/80'"]],
    ['other tools', ['ping -c 1 169.254.169.254', 'ec2-metadata -i', 'cloud-init query region', 'yum install -y curl wget']],
    ['the request for a token', [PUT, `curl -s -XPUT ${IMDS}/api/token`, `T=$(wget -qO- --method=PUT --header='X-aws-ec2-metadata-token-ttl-seconds: 60' ${IMDS}/api/token)`]],
    ['the request for a token, its address in a variable', [`URL=${IMDS}/api/token`, 'curl -X PUT $URL -H "X-aws-ec2-metadata-token-ttl-seconds: 60"']],
    ['the request for a token in PowerShell', [`$t = Invoke-RestMethod -Method PUT -Headers @{'X-aws-ec2-metadata-token-ttl-seconds' = '60'} -Uri ${IMDS}/api/token`]],
    ['the request for a token in Python', [`token = requests.put("${IMDS}/api/token", headers={${TTL}}).text`, 'requests.get("https://example.com", headers={"Authorization": token})']],
    ['Azure', ['curl -H Metadata:true "http://169.254.169.254/x?api-version=1"', 'irm -Headers @{"Metadata"="true"} -Uri http://169.254.169.254/x', 'curl -H "Metadata-Flavor: Google" http://169.254.169.254/x']],
    ['a value that came from IMDS', [`region = requests.get("${IMDS}/x", headers={"X-aws-ec2-metadata-token": t}).text`, 'requests.get("https://" + region)']],
    ['data', ['{ "endpoint": "http://169.254.169.254/latest" }', 'metadata_url: http://169.254.169.254/latest', `ENDPOINT=${IMDS}`]],
  ])('%s is no call', (_, lines) => expect(calls(...lines)).toEqual([]));
});

describe('what cannot be decided is not reported, once a script knows the header', () => {
  test.each<[string, string[]]>([
    ['options that a function is given', [`md() { curl -s "$@" ${IMDS}/x; }`, `md -H "${HEADER}"`]],
    ['options from elsewhere', [`curl $MORE ${IMDS}/x`, `echo "${HEADER}"`]],
    ['a header that a function makes', [`header() { echo "${HEADER}"; }`, `curl -H "$(header)" ${IMDS}/x`]],
    ['headers that a function is given', ['def get(path, headers):', `    return requests.get("${IMDS}/" + path, headers=headers)`, 'get("x", {"X-aws-ec2-metadata-token": t})']],
    ['headers that a function returns', ['def make():', '    return {"X-aws-ec2-metadata-token": t}', 'headers = make()', `requests.get("${IMDS}/x", headers=headers)`]],
    ['a session that a function is given', ['def get(session):', `    return session.get("${IMDS}/x")`, 'NAME = "X-aws-ec2-metadata-token"']],
    ['a file of options', [`curl -K /root/curl.conf ${IMDS}/x`]],
    ['a header from a file', [`curl -H @/root/header ${IMDS}/x`]],
  ])('%s', (_, lines) => expect(calls(...lines)).toEqual([]));

  test.each<[string, string[]]>([
    ['options that a function is given', [`md() { curl -s "$@" ${IMDS}/x; }`]],
    ['options from elsewhere', [`curl $MORE ${IMDS}/x`]],
  ])('%s are reported where it does not', (_, lines) => expect(calls(...lines)).toEqual([1]));
});

describe('requests without a token for the case that there is none', () => {
  test.each<[string, string[]]>([
    ['the other branch', [PUT, 'if [ -n "$TOKEN" ]; then', `  curl -H "${HEADER}" ${IMDS}/x`, 'else', `  curl ${IMDS}/x`, 'fi']],
    ['the first branch', [PUT, 'if [[ -z "${TOKEN:-}" ]]', 'then', `  curl ${IMDS}/x`, 'else', `  curl -H "${HEADER}" ${IMDS}/x`, 'fi']],
    ['the only branch', [PUT, `curl -H "${HEADER}" ${IMDS}/x`, 'if [ -z "$TOKEN" ]; then', `  curl ${IMDS}/x`, 'fi']],
    ['the right side of ||', [PUT, `ID=$(curl -sf -H "${HEADER}" ${IMDS}/x || curl -sf ${IMDS}/x)`]],
    ['the other block', ['if ($token) {', `  $id = irm -Headers @{'X-aws-ec2-metadata-token' = $token} ${IMDS}/x`, '} else {', `  $id = irm ${IMDS}/x`, '}']],
    ['the other block, on a line of its own', ['if ($token)', '{', `  $id = irm -Headers @{'X-aws-ec2-metadata-token' = $token} ${IMDS}/x`, '}', 'else', '{', `  $id = irm ${IMDS}/x`, '}']],
    ['an if of its own', [PUT, 'if [[ -n "${TOKEN}" ]]; then', `  ID=$(curl -H "${HEADER}" ${IMDS}/x || true)`, 'fi', 'if [[ -z "${ID}" ]]; then', `  ID=$(curl ${IMDS}/x)`, 'fi']],
    ['what stands behind a test for nothing', [PUT, `local ID=$(curl -H "${HEADER}" ${IMDS}/x)`, `[ -z "$ID" ] && ID=$(curl ${IMDS}/x)`]],
    ['what stands behind a test for something', [PUT, `ID=$(curl -H "${HEADER}" ${IMDS}/x)`, `[[ -n "$ID" ]] || ID=$(curl ${IMDS}/x)`]],
    ['what stands behind a test for the token', [PUT, `curl -H "${HEADER}" ${IMDS}/x`, `test -n "$TOKEN" || curl ${IMDS}/x`]],
    ['a function for version 1 beside one for version 2', [`md_v1() { curl ${IMDS}/x; }`, `function md_v2 { curl -H "${HEADER}" ${IMDS}/x`, '}']],
    ['a branch for version 1 beside one for version 2', ['if [[ "${imds_version}" == "2" ]]; then', `  curl -H "${HEADER}" ${IMDS}/x`, 'fi', 'if [[ "${imds_version}" == "1" ]]; then', `  curl ${IMDS}/x`, 'fi']],
    ['a branch for version 1, in numbers', ['if [ $version -eq 1 ]; then', `  curl ${IMDS}/x`, 'elif [ $version -eq 2 ]; then', `  curl -H "${HEADER}" ${IMDS}/x`, 'fi']],
    ['a block of its own', [`$id = irm -Headers @{'X-aws-ec2-metadata-token' = $token} ${IMDS}/x`, 'if (-not $id) {', `  $id = irm ${IMDS}/x`, '}']],
    ['what is tried next', ['try {', `  $id = irm -Headers @{'X-aws-ec2-metadata-token' = $token} ${IMDS}/x`, '} catch {', `  $id = irm ${IMDS}/x`, '}']],
  ])('%s is not reported', (_, lines) => expect(calls(...lines)).toEqual([]));

  test.each<[string, string[], number]>([
    ['the branch that has the token', [PUT, 'if [ -n "$TOKEN" ]; then', `  curl ${IMDS}/x`, 'fi'], 3],
    ['a branch for another reason', [PUT, 'if [ "$ENV" = prod ]; then', `  curl -H "${HEADER}" ${IMDS}/x`, 'else', `  curl ${IMDS}/x`, 'fi'], 5],
    ['what comes after the branches', [PUT, 'if [ -z "$TOKEN" ]; then', '  exit 1', 'fi', `curl ${IMDS}/x`], 5],
    ['the right side of || behind another command', [PUT, `test -f /tmp/id || curl ${IMDS}/x; curl -H "${HEADER}" ${IMDS}/x`], 2],
    ['a function for version 1 alone', [`md_v1() { curl ${IMDS}/x; }`, `curl -H "${HEADER}" ${IMDS}/x`], 1],
    ['a function that is only numbered', [`node1() { curl ${IMDS}/x; }`, `node2() { curl -H "${HEADER}" ${IMDS}/x; }`], 1],
    ['a branch for version 1 alone', [`curl -H "${HEADER}" ${IMDS}/x`, 'if [ "$imds_version" = 1 ]; then', `  curl ${IMDS}/x`, 'fi'], 3],
    ['a branch for a version of something else', ['if [ "$ami" = 1 ]; then', `  curl ${IMDS}/x`, 'elif [ "$ami" = 2 ]; then', `  curl -H "${HEADER}" ${IMDS}/x`, 'fi'], 2],
    ['the branch for version 2', ['if [ "$version" = 1 ]; then', `  curl -H "${HEADER}" ${IMDS}/x`, 'elif [ "$version" = 2 ]; then', `  curl ${IMDS}/x`, 'fi'], 4],
    ['an if for another value', [PUT, `ID=$(curl -H "${HEADER}" ${IMDS}/x)`, 'if [[ -z "${NAME}" ]]; then', `  NAME=$(curl ${IMDS}/x)`, 'fi'], 4],
    ['an if for the value that is there', [PUT, `ID=$(curl -H "${HEADER}" ${IMDS}/x)`, 'if [ -n "$ID" ]; then', `  curl ${IMDS}/y`, 'fi'], 4],
    ['an if before the value is asked for', [PUT, 'if [ -z "$ID" ]; then', `  ID=$(curl ${IMDS}/x)`, 'fi', `ID=$(curl -H "${HEADER}" ${IMDS}/x)`], 3],
    ['what stands behind a test for the value that is there', [PUT, `ID=$(curl -H "${HEADER}" ${IMDS}/x)`, `[ -n "$ID" ] && curl ${IMDS}/y`], 3],
    ['what stands behind a test for another value', [PUT, `ID=$(curl -H "${HEADER}" ${IMDS}/x)`, `[ -z "$NAME" ] && NAME=$(curl ${IMDS}/y)`], 3],
    ['the block for the token that is there', [`irm -Headers @{'X-aws-ec2-metadata-token' = $token} ${IMDS}/x`, 'if (-not $token) {', '  exit 1', '} else {', `  irm ${IMDS}/y`, '}'], 5],
    ['a block for the value that is there', [`$id = irm -Headers @{'X-aws-ec2-metadata-token' = $token} ${IMDS}/x`, 'if ($id) {', `  irm ${IMDS}/y`, '}'], 3],
    ['what is tried alone', ['try {', `  $id = irm ${IMDS}/x`, '} catch {', '  exit 1', '}', `irm -Headers @{'X-aws-ec2-metadata-token' = $token} ${IMDS}/x`], 2],
    ['a block for another reason', [`if ($prod) { irm -Headers @{'X-aws-ec2-metadata-token' = $token} ${IMDS}/x } else {`, `  irm ${IMDS}/x`, '}'], 2],
  ])('%s is reported', (_, lines, line) => expect(calls(...lines)).toEqual([line]));
});

describe('a call', () => {
  test('is told with its line, its reason and the version 2 form for its tool', () => {
    expect(imdsCallsIn(`#!/bin/bash\n\n   curl -s ${IMDS}/meta-data/instance-id   \n`)).toEqual([{
      kind: 'imdsv1-call',
      line: 3,
      text: `curl -s ${IMDS}/meta-data/instance-id`,
      reason: 'curl asks IMDS without a token, which gets 401 where version 2 is required',
      fix: expect.stringContaining('curl -fsS -H "X-aws-ec2-metadata-token: $TOKEN"'),
    }]);
  });

  test.each([
    [`wget ${IMDS}/x`, '--method=PUT'], [`irm ${IMDS}/x`, 'Invoke-RestMethod -Method PUT'], [`urlopen("${IMDS}/x")`, 'Request('], [`requests.get("${IMDS}/x")`, 'requests.put('],
  ])('%s is mended with %s', (line, form) => expect(imdsCallsIn(line)[0].fix).toContain(form));

  test('on a long line is cut to 120 characters', () => {
    expect(imdsCallsIn(`curl ${IMDS}/${'x'.repeat(500)}`)[0].text).toHaveLength(120);
  });

  test('is told once for a line, in the order of the lines', () => {
    expect(calls(`curl ${IMDS}/a; curl ${IMDS}/b`, 'date', `wget ${IMDS}/c`)).toEqual([1, 3]);
  });
});

const innocuous = fc.constantFrom(
  '', 'yum update -y', 'echo "it works"', "echo 'it''s'", 'export A=b', 'if [ -f /x ]; then', 'fi', 'for i in 1 2; do', 'done', 'foo() {', '}', 'case $x in', 'a) echo 1 ;;', 'esac', 'systemctl start httpd',
  "echo don't", 'x=$((1 + 2))', 'curl -fsSL https://example.com/install.sh | bash', 'aws s3 cp s3://b/k .', '# a comment', 'cat /etc/os-release | grep "NAME"', 'y=${x:-z}', '[ -n "$x" ] && exit 0', 'a="b \\', 'c"',
);

describe('a call between other lines', () => {
  const script = fc.tuple(fc.array(innocuous, { maxLength: 12 }), fc.array(innocuous, { maxLength: 12 }));
  const call = fc.constantFrom(`curl -s ${IMDS}/x`, `ID=$(curl -s ${IMDS}/x)`, `wget -qO- ${IMDS}/x`, `ID="\`curl ${IMDS}/x\`"`, `bash -c 'curl ${IMDS}/x'`);

  test('is found on its line', () => fc.assert(fc.property(script, call, ([before, after], line) => {
    fc.pre(before.at(-1) !== 'a="b \\');
    expect(calls(...before, line, ...after)).toEqual([before.length + 1]);
  })));

  test('is hidden by a comment', () => fc.assert(fc.property(script, call, ([before, after], line) => {
    fc.pre(before.at(-1) !== 'a="b \\');
    expect(calls(...before, `  # ${line}`, ...after)).toEqual([]);
  })));

  test('is none with the header', () => fc.assert(fc.property(script, ([before, after]) => {
    expect(calls(...before, `ID=$(curl -s -H "${HEADER}" ${IMDS}/x)`, ...after)).toEqual([]);
  })));
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    '"', "'", '`', '$(', ')', '(', '{', '}', '[', ']', '\\', '\n', '\r\n', ' ', '#', '//', '/*', '*/', '<#', '#>', '<<EOF', 'EOF', '\nEOF\n', '"""', '|', '||', '&', ';', '=', 'A=', '$A', '${', '@{', 'if', 'then', 'else', 'fi',
    'echo ', 'curl ', 'wget ', `${IMDS}/x`, HEADER, 'X-aws-ec2-metadata-token-ttl-seconds: 0', 'http_proxy=x ', 'export ', 'def f(', 'requests.get(', 'fetch(', 'headers', ', ', '\u0000', '\u0001', '\u0002', 'é', '\ud800',
  );

  test('is read to its end, and every call is on a line that there is', () => fc.assert(fc.property(fc.array(pieces, { maxLength: 60 }).map(all => all.join('')), text => {
    const lines = text.split('\n').length;
    for (const { line } of imdsCallsIn(text)) {
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(lines);
    }
  })));

  test.each(['"', "'", '`', '(', '$(', '{', '[', '\\', '#', '<<EOF\n', 'echo "\n', 'curl ', ' ', '\n', 'A=$A ', 'A=$A\n', '"curl x <#"', '"""', '1', '1.', 'X=', '${', '@{', '//', 'if\nthen\n', '|', 'instance-data.', '-'])(
    'that repeats %j twenty thousand times is read to its end', piece => expect(calls(`curl ${IMDS}/x`, piece.repeat(20_000))).toContain(1));
});

test('a command of cloud-config with a line for each word is read as one, where it begins', () => {
  const script = (verb: string): string => ['#cloud-config', 'runcmd:', '  - [ls]', `  - - ${verb}`, '    - -s', '    - http://169.254.169.254/latest/meta-data/'].join('\n');
  expect(imdsCallsIn(script('curl'))).toEqual([expect.objectContaining({ kind: 'imdsv1-call', line: 4, text: '- curl -s http://169.254.169.254/latest/meta-data/' })]);
  expect(imdsCallsIn(script('echo'))).toEqual([]);
});
