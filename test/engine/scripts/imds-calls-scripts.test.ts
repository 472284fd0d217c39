import { imdsCallsIn } from '../../../src/engine/scripts/imds-calls';

/** Forms that are seen in real user data, larger than the table in `imds-calls.test.ts`: several traps at once. */
const IMDS = 'http://169.254.169.254/latest';
const PUT = `TOKEN=$(curl -X PUT ${IMDS}/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")`;
const HEADER = 'X-aws-ec2-metadata-token: $TOKEN';

const calls = (script: string): number[] => imdsCallsIn(script).filter(({ kind }) => kind === 'imdsv1-call').map(({ line }) => line);

const VERSION_2: ReadonlyArray<[title: string, lines: string[]]> = [
  ['a function that tries again', ['retry() { for i in 1 2 3; do "$@" && return 0; sleep 1; done; }', PUT, `retry curl -sf -H "${HEADER}" ${IMDS}/x`]],
  ['a function with a default address', ['fetch() {', '  local path=$1', `  curl --silent --fail --header "${HEADER}" \\`, `    "\${IMDS:-${IMDS}}/\${path}"`, '}']],
  ['a function that fetches its own token', ['imds() {', '  local t', `  t=$(curl -sX PUT "${IMDS}/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 60")`, `  curl -sH "X-aws-ec2-metadata-token: $t" "${IMDS}/meta-data/$1"`, '}']],
  ['the address of the token made of two variables', [`API_URL="${IMDS}/api"`, 'TOKEN=$(curl -X PUT "$API_URL/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 600")', `TOKEN_HEADER="${HEADER}"`, `MD="${IMDS}/meta-data"`, 'AZ=$(curl -H "$TOKEN_HEADER" -s $MD/placement/availability-zone)']],
  ['a heredoc with escaped variables', ['cat > /etc/profile.d/x.sh <<EOF', `TOKEN=\\$(curl -s -X PUT "${IMDS}/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 60")`, `export ID=\\$(curl -s -H "X-aws-ec2-metadata-token: \\$TOKEN" ${IMDS}/x)`, 'EOF']],
  ['a template of a template', [`INSTANCE_ID="$(curl -sS -H "X-aws-ec2-metadata-token: $\${TOKEN}" ${IMDS}/x)"`]],
  ['PowerShell with headers in a variable', ['try {', `  $token = Invoke-RestMethod -Uri "${IMDS}/api/token" -Method PUT -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "21600"} -TimeoutSec 5`, '  $headers = @{"X-aws-ec2-metadata-token" = $token}', `  $i = Invoke-RestMethod -Uri "${IMDS}/x" -Headers $headers -TimeoutSec 5`, '} catch { }']],
  ['PowerShell over many lines', [`$IMDS = "${IMDS}"`, '$Token = Invoke-RestMethod `', '  -Method PUT `', '  -Uri "$IMDS/api/token" `', '  -Headers @{', '    "X-aws-ec2-metadata-token-ttl-seconds" = "21600"', '  } `', '  -TimeoutSec 5', '$Headers = @{', '  "X-aws-ec2-metadata-token" = $Token', '}', '$k = Invoke-RestMethod `', '  -Uri "$IMDS/meta-data/tags/instance/" `', '  -Headers $Headers `', '  -TimeoutSec 5']],
  ['PowerShell with continued lines', [`$tok = Invoke-RestMethod -Method Put -Uri "${IMDS}/api/token" \``, '  -Headers @{ "X-aws-ec2-metadata-token-ttl-seconds" = "60" }', `$ip = Invoke-RestMethod -Uri "${IMDS}/meta-data/local-ipv4" \``, '  -Headers @{ "X-aws-ec2-metadata-token" = $tok }']],
  ['PowerShell with an apostrophe in a comment', [`[string]$token = Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "21600"} -Method PUT –Uri ${IMDS}/api/token # Get the token`, `$m = Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token" = $token} -Method GET -Uri ${IMDS}/meta-data/ # it's the mac`]],
  ['PowerShell in one line', [`$a = (Invoke-WebRequest -UseBasicParsing -Headers @{'X-aws-ec2-metadata-token' = (Invoke-RestMethod -Method PUT -Headers @{'X-aws-ec2-metadata-token-ttl-seconds'='60'} -Uri ${IMDS}/api/token)} -Uri ${IMDS}/x).Content`]],
  ['WebRequest', [`$wr = [System.Net.WebRequest]::Create("${IMDS}/x")`, '$wr.Headers.Add("X-aws-ec2-metadata-token", $t)', '$wr.GetResponse()']],
  ['HttpClient', ['$client = New-Object System.Net.Http.HttpClient', '$client.DefaultRequestHeaders.Add("X-aws-ec2-metadata-token", $t)', `$client.GetStringAsync("${IMDS}/x").Result`]],
  ['Python with a function for the token', ['def get_token():', `    r = requests.put("${IMDS}/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "21600"})`, '    return r.text', '', 'def detail():', '    token = get_token()', '    return requests.get(', `        "${IMDS}/dynamic/instance-identity/document",`, '        headers={"X-aws-ec2-metadata-token": token}', '    ).json()']],
  ['a class of Python', ['class Imds:', `    BASE = "${IMDS}"`, '    def __init__(self):', '        self.session = requests.Session()', '        self.session.headers["X-aws-ec2-metadata-token"] = self.token()', '    def get(self, path):', '        return self.session.get(self.BASE + path).text']],
  ['a connection of Python', ['conn = http.client.HTTPConnection("169.254.169.254", timeout=2)', 'conn.request("PUT", "/latest/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})', 'token = conn.getresponse().read().decode()', 'conn.request("GET", "/latest/x", headers={"X-aws-ec2-metadata-token": token})']],
  ['a request of Python over many lines', ['req = urllib.request.Request(', `    "${IMDS}/x",`, '    headers={"X-aws-ec2-metadata-token": token},', ')', 'with urllib.request.urlopen(req, timeout=2) as r:', '    print(r.read())']],
  ['a function of Python for both', ['def imds(path, headers=None):', '    req = Request("http://169.254.169.254" + path, headers=headers or {})', '    return urlopen(req).read()', '', 't = imds("/latest/api/token", {"X": "y"})', 'imds("/latest/x", {"X-aws-ec2-metadata-token": t})']],
  ['a list of arguments in a variable', ['import subprocess', `cmd = ['curl', '-s', '-H', f'X-aws-ec2-metadata-token: {token}', '${IMDS}/x']`, 'subprocess.run(cmd)']],
  ['a template literal with curl', [`const token = execSync('curl -sf -X PUT "${IMDS}/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 60" 2>/dev/null', { timeout: 2000 }).toString().trim();`, 'return execSync(', `  \`curl -sf -H "X-aws-ec2-metadata-token: \${token}" ${IMDS}/x/\${field} 2>/dev/null\`,`, '  { timeout: 2000 }', ').toString();']],
  ['a function of JavaScript', ['const get = (path, headers) => new Promise((resolve, reject) => {', "  http.get({ host: '169.254.169.254', path, headers }, res => {", "    res.on('data', resolve);", '  });', '});', "get('/x', { 'X-aws-ec2-metadata-token': token });"]],
  ['fetch over many lines', [`const res = await fetch("${IMDS}/x", {`, '  headers: {', '    "X-aws-ec2-metadata-token": token,', '  },', '});']],
  ['axios with a configuration', [`axios({ method: 'get', url: '${IMDS}/x', headers: { 'X-aws-ec2-metadata-token': t } })`]],
  ['a connection of Ruby', ["http = Net::HTTP.new('169.254.169.254', 80)", "token = http.send_request('PUT', '/latest/api/token', nil, { 'X-aws-ec2-metadata-token-ttl-seconds' => '60' }).body", "http.get('/latest/x', { 'X-aws-ec2-metadata-token' => token })"]],
  ['a function of Go', ['func get(path string) {', `	req, err := http.NewRequest(http.MethodGet, "${IMDS}/"+path, nil)`, '	if err != nil {', '		return', '	}', '	req.Header.Set("X-aws-ec2-metadata-token", token)', '	resp, err := http.DefaultClient.Do(req)', '}']],
  ['a context of PHP', ["$opts = ['http' => ['method' => 'GET', 'header' => 'X-aws-ec2-metadata-token: ' . $token]];", '$context = stream_context_create($opts);', `$id = file_get_contents('${IMDS}/x', false, $context);`]],
  ['options of PHP', [`$ch = curl_init('${IMDS}/x');`, 'curl_setopt_array($ch, [', '  CURLOPT_RETURNTRANSFER => true,', '  CURLOPT_HTTPHEADER => ["X-aws-ec2-metadata-token: $token"],', ']);', 'curl_exec($ch);']],
  ['HTTP::Tiny', [`my $res = HTTP::Tiny->new->get('${IMDS}/x', { headers => { 'X-aws-ec2-metadata-token' => $t } });`]],
  ['curl in the background', [`curl -H "${HEADER}" -s \\`, `  ${IMDS}/a > /tmp/a &`, `curl -H "${HEADER}" -s \\`, `  ${IMDS}/b > /tmp/b &`, 'wait']],
  ['JSON', [`{"commands": ["curl -H \\"${HEADER}\\" ${IMDS}/x"]}`]],
  ['a pipe over many lines', ['curl -s \\', '     -H "Accept: */*" \\', `     -H "${HEADER}" \\`, `     "${IMDS}/x" |`, '  jq .']],
  ['a header that printf makes', ['printf -v HDR \'X-aws-ec2-metadata-token: %s\' "$TOKEN"', `curl -H "$HDR" ${IMDS}/x`]],
  ['positional parameters', [`set -- -H "${HEADER}"`, `curl "$@" ${IMDS}/x`]],
  ['a header that is read', [`read -r HDR <<< "${HEADER}"`, `curl -H "$HDR" ${IMDS}/x`]],
  ['elements of an array', ['declare -a opts', 'opts[0]="-H"', `opts[1]="${HEADER}"`, `curl "\${opts[@]}" ${IMDS}/x`]],
  ['a command in a variable', [`cmd="curl -s -H '${HEADER}' ${IMDS}/x"`, 'eval $cmd']],
  ['wget', [`T=$(wget --method=PUT --header "X-aws-ec2-metadata-token-ttl-seconds: 60" -qO- ${IMDS}/api/token); wget --header "X-aws-ec2-metadata-token: $T" -qO- ${IMDS}/x`]],
  ['substitutions among arguments', [`aws ec2 describe-tags --filters "Name=resource-id,Values=$(curl -s -H "${HEADER}" ${IMDS}/x)" --region "$(curl -s -H "${HEADER}" ${IMDS}/r)"`]],
  ['a hash that is made by a call', ['HEADERS = dict([("X-aws-ec2-metadata-token", token)])', `requests.get("${IMDS}/x", headers=HEADERS)`]],
  ['a function for the header', ['get_md() {', '  local hdr', '  hdr=$(token_header)', `  curl -s -H "$hdr" ${IMDS}/$1`, '}', 'token_header() { echo "X-aws-ec2-metadata-token: $(get_token)"; }']],
  ['options that are set when there is a token', ['IMDS_OPTS=()', `if [ -n "$TOKEN" ]; then IMDS_OPTS=(-H "${HEADER}"); fi`, `curl "\${IMDS_OPTS[@]}" ${IMDS}/x`]],
  ['an option for when there is a token', [`curl \${TOKEN:+-H "${HEADER}"} ${IMDS}/x`]],
  ['xargs', [`echo instance-id | xargs -I{} curl -s -H "${HEADER}" ${IMDS}/meta-data/{}`]],
];

const HARMLESS: ReadonlyArray<[title: string, lines: string[]]> = [
  ['PowerShell with a token fetched in a hash', ['$params = @{', '  Headers = @{', `    "X-aws-ec2-metadata-token" = Invoke-RestMethod '${IMDS}/api/token' -Method Put -Headers @{ "X-aws-ec2-metadata-token-ttl-seconds" = 60 }`, '  }', `  Uri = '${IMDS}/x'`, '}', 'Invoke-RestMethod @params | Out-File x']],
  ['Python with one hash for both', [`url_token = "${IMDS}/api/token"`, `url_meta = "${IMDS}/x"`, 'headers = {"X-aws-ec2-metadata-token-ttl-seconds": "21600"}', 'response = requests.put(url_token, headers=headers)', 'if response.status_code == 200:', '    token = response.text', '    headers["X-aws-ec2-metadata-token"] = token', '    response = requests.get(url_meta, headers=headers)']],
  ['an SDK', ['from botocore.utils import InstanceMetadataFetcher', `IMDS = "${IMDS}"`, 'InstanceMetadataFetcher().retrieve_iam_role_credentials()']],
  ['an old call in a comment', [`# INSTANCE_ID=$(curl -s ${IMDS}/x)`, PUT]],
  ['a pattern of awk', ['awk \'/169.254.169.254/ {print "curl"}\' /var/log/x']],
  ['a comment of iptables', ['iptables -t nat -I PREROUTING -d 169.254.169.254/32 -j DNAT --to-destination 127.0.0.1:8000 -m comment --comment "curl proxy"']],
  ['/etc/hosts', ['echo "169.254.169.254 instance-data" >> /etc/hosts', 'curl https://example.com']],
  ['a configuration file', ['cat > /etc/squid/squid.conf <<EOF', 'acl imds dst 169.254.169.254', 'http_access deny imds', 'EOF', 'curl -fsS https://example.com']],
  ['exceptions for a service', ['cat <<EOF > /etc/systemd/system/docker.service.d/p.conf', '[Service]', 'Environment="NO_PROXY=localhost,169.254.169.254"', 'EOF', 'curl -s https://x']],
  ['exceptions of curl', ['curl -x http://p:1 --noproxy "169.254.169.254,localhost" https://example.com']],
  ['metadata of ECS tasks', ['curl $ECS_CONTAINER_METADATA_URI_V4/task; curl 169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']],
  ['a header from a substituted file', [`curl -s --header @<(echo "${HEADER}") ${IMDS}/x`]],
  ['a header from a file', [`echo "${HEADER}" > /tmp/h`, `curl -H @/tmp/h ${IMDS}/x`]],
  ['a message of .NET', [`var req = new HttpRequestMessage(HttpMethod.Get, "${IMDS}/x");`, 'req.Headers.Add("X-aws-ec2-metadata-token", token);', 'await client.SendAsync(req);']],
  ['a task of Ansible', ['- name: get', '  uri:', `    url: ${IMDS}/x`, '    headers:', '      X-aws-ec2-metadata-token: "{{ token }}"']],
];

const VERSION_1: ReadonlyArray<[found: number[], lines: string[]]> = [
  [[1], [`until curl -s ${IMDS}/x; do sleep 1; done`]],
  [[1], [`[ "$(curl -s ${IMDS}/x)" = i-1 ] && exit`]],
  [[1], [`REGION=$(curl -s ${IMDS}/x | sed 's/.$//')`]],
  [[1], [`aws ec2 x --instance-id $(curl -s ${IMDS}/x) --r \`curl -s ${IMDS}/r\``]],
  [[1], [`export A=$(curl -s ${IMDS}/x) B=2`]],
  [[1], [`local id; id=$(wget -q -O - ${IMDS}/x)`]],
  [[1], [`echo ECS_INSTANCE_ATTRIBUTES={\\"az\\":\\"$(curl -s ${IMDS}/x)\\"} >> /etc/ecs/ecs.config`]],
  [[1], [`sed -i "s/HOST/$(curl -s ${IMDS}/x)/" /etc/x`]],
  [[1], [`* * * * * root curl -s ${IMDS}/x`]],
  [[1], [`ExecStart=/bin/bash -c 'curl -s ${IMDS}/x'`]],
  [[1], [`for /f %%i in ('curl -s ${IMDS}/x') do set ID=%%i`]],
  [[1], [`$r = Invoke-WebRequest -Uri "${IMDS}/x" -UseBasicParsing | Select-Object -ExpandProperty Content`]],
  [[1], [`"$(Invoke-RestMethod -Uri ${IMDS}/x)" | Out-File x`]],
  [[1], [`New-Object PSObject -Property @{ Id = (Invoke-RestMethod ${IMDS}/x) }`]],
  [[1], [`id=$(curl --connect-timeout 1 -m 2 ${IMDS}/x || true)`]],
  [[1], [`EC2_AVAIL_ZONE=\`curl -s ${IMDS}/x\``, 'EC2_REGION="`echo "$EC2_AVAIL_ZONE" | sed \'s/[a-z]$//\'`"']],
  [[1], [`hostnamectl set-hostname "$(curl ${IMDS}/x).example.com"`]],
  [[2], ["sudo -u ec2-user -i <<'EOF'", `curl ${IMDS}/x`, 'EOF']],
  [[1], [`docker run --rm -e IP=$(curl -s ${IMDS}/x) img`]],
  [[1], [`if [ $(curl -s -o /dev/null -w "%{http_code}" ${IMDS}/x) -eq 200 ]; then`]],
  [[1, 2], [`MAC=$(curl -s ${IMDS}/meta-data/mac/)`, `V=$(curl -s ${IMDS}/macs/$MAC/vpc-ipv4-cidr-blocks | xargs | tr ' ' ',')`]],
  [[2], ['cat <<-EOF | sudo tee /etc/x.conf', `id=$(curl -s ${IMDS}/x)`, 'EOF']],
  [[1], [`python -c 'import urllib2; print urllib2.urlopen("${IMDS}/x").read()'`]],
  [[1], ['instance_id=$(curl -s http://instance-data/latest/meta-data/instance-id)']],
  [[], [`GET ${IMDS}/x`]],
  [[1], [`function md() { wget -qO- "${IMDS}/$1"; }`, 'md x']],
  [[2], ['import urllib', `f = urllib.urlopen("${IMDS}/x")`, '']],
  [[1], [`r = requests.request("GET", "${IMDS}/x")`]],
  [[1], [`id = subprocess.check_output("curl -s ${IMDS}/x", shell=True)`]],
  [[3], ['commands:', '  01_x:', `    command: "curl ${IMDS}/x > /tmp/x"`]],
  [[2], ['sh -c "$(cat <<\'EOF\'', `curl ${IMDS}/x`, 'EOF', ')"']],
  [[1], ['$id = (Invoke-RestMethod `', ` -Uri '${IMDS}/x')`]],
  [[1], [`curl -sL ${IMDS}/x -o /tmp/x && source /tmp/x`]],
  [[1], ['curl -v --fail http://169.254.169.254/ 1>/dev/null 2>&1 &']],
  [[1], [`A=1;B=$(curl ${IMDS}/x);C=3`]],
  [[1], [`PRIVATE_IP=\${PRIVATE_IP:-$(curl -s ${IMDS}/x)}`]],
  [[1], [`: "\${ID:=$(curl -s ${IMDS}/x)}"`]],
  [[1], [`Invoke-RestMethod("${IMDS}/x")`]],
  [[1], [`((Invoke-WebRequest -Uri ${IMDS}/x).Content).Trim()`]],
  [[1], [`var client = new WebClient(); var s = client.DownloadString("${IMDS}/x");`]],
  [[2], ["require 'open-uri'", `URI.parse('${IMDS}/x').read`]],
  [[], [`open("${IMDS}/x").read`]],
  [[1], [`node -e "require('http').get('${IMDS}/x', r => r.pipe(process.stdout))"`]],
  [[1], [`ruby -rnet/http -e "puts Net::HTTP.get(URI('${IMDS}/x'))"`]],
  [[1], [`curl ${IMDS}/user-data | bash`]],
  [[2], [`URLS=("${IMDS}/a" "${IMDS}/b")`, 'for u in "${URLS[@]}"; do curl -s "$u"; done']],
  [[], [`fetch -o - ${IMDS}/x`]],
  [[], [`http ${IMDS}/x`]],
];

describe('a script of version 2', () => {
  test.each(VERSION_2)('is fine: %s', (_, lines) => expect(imdsCallsIn(lines.join('\n'))).toEqual([]));

  test.each(VERSION_2)('is reported with another header in the place of the token: %s', (_, lines) => {
    expect(calls(lines.join('\n').replace(/X-aws-ec2-metadata-token(?!-ttl)/gi, 'X-Other'))).not.toEqual([]);
  });

  test.each(HARMLESS)('that does not call, or does not tell how, is fine: %s', (_, lines) => expect(imdsCallsIn(lines.join('\n'))).toEqual([]));
});

test.each(VERSION_1)('lines %j call IMDS without a token in %j', (found, lines) => expect(calls(lines.join('\n'))).toEqual(found));
