import { readFileSync, writeFileSync } from 'fs';
import { SETTINGS_SCHEMA, settingsSchema } from './settings-schema';
import { Setting, SETTINGS } from '../src/cli/settings-table';
import { wantedIn } from '../src/engine/evaluator/list-elements';
import { MESSAGES } from '../src/engine/exemptions/messages';
import { RULES } from '../src/engine/findings/rules';
import { CLIENT_VERSIONS } from '../src/engine/scripts/client-versions';
import { CLIENTS, SAFEGUARDS } from '../src/engine/scripts/clients';
import { REVERSE_PROXIES } from '../src/engine/scripts/reverse-proxies';
import { APIS } from '../src/engine/surfaces/apis';
import { placesOf } from '../src/engine/surfaces/places';
import { RUNBOOKS } from '../src/engine/surfaces/runbooks';
import { SCRIPT_HOLDERS, ScriptPlace } from '../src/engine/surfaces/script-places';
import { LaunchSurface, Step } from '../src/engine/surfaces/surface';
import { LAUNCH_SURFACES } from '../src/engine/surfaces/surfaces';
import { ENFORCE_SETTINGS, EnforceSetting } from '../src/settings/enforce-table';
import { SETTERS } from '../src/settings/layer';
import { Tighter } from '../src/settings/looser';

/** The parts of the pages that are made from the sources, between `<!-- name:begin -->` and `<!-- name:end -->`. */
const PARTS: { readonly [page: string]: { readonly [name: string]: () => string } } = {
  'docs/check.md': { settings },
  'docs/clients.md': { clients, versions, proxies, safeguards },
  'docs/coverage.md': { coverage, defaults, calls, documents, scripts },
  'docs/messages.md': { rules, messages },
  'docs/settings.md': { enforceSettings },
};

/** The pages that have parts made from the sources. */
export const PAGES: readonly string[] = Object.keys(PARTS);

/** A page as it should be: what stands between the markers is made anew. */
export function withGeneratedParts(page: string, before: string): string {
  return Object.entries(PARTS[page]).reduce((text, [name, part]) => {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    if (!text.includes(begin) || !text.includes(end)) throw new Error(`${page} lacks ${begin} or ${end}`);
    return text.slice(0, text.indexOf(begin) + begin.length) + `\n${part()}\n` + text.slice(text.indexOf(end));
  }, before);
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}

function rules(): string {
  return table(['rule', 'verdict', 'meaning'], Object.entries(RULES).map(([id, { verdict, about }]) => [`\`cdk-imds-guard::${id}\``, verdict, about]));
}

function messages(): string {
  return table(['id', 'level', 'meaning'], Object.entries(MESSAGES).map(([id, { level, about }]) => [`\`cdk-imds-guard:${id}\``, level, about]));
}

const TIGHTER = { 'lower': 'a lower number', 'true': '`true`', 'false': '`false`', 'fewer': 'none, or fewer', 'more': 'more', 'excludes less': 'none, or fewer; more that take back' } as const;

function settings(): string {
  return table(['option', 'in a file', 'tighter is'], Object.entries<Setting>(SETTINGS).map(([name, { setBy, tighter }]) => [
    `\`${name}\``,
    setBy.length === SETTERS.length ? 'yes' : 'no, on the command line alone',
    tighter === undefined ? '' : tighterIs(tighter),
  ]));
}

function enforceSettings(): string {
  return table(['option', 'meaning', 'tighter is'], Object.entries<EnforceSetting>(ENFORCE_SETTINGS).map(([name, { about, tighter }]) => (
    [`\`${name}\``, about, tighterIs(tighter)]
  )));
}

function tighterIs(tighter: Tighter): string {
  return typeof tighter === 'string' ? TIGHTER[tighter] : [...tighter].reverse().map(each => `\`${each}\``).join(', then ');
}

function coverage(): string {
  return table(['type', 'enforced', 'setting', 'hop limit', 'endpoint'], LAUNCH_SURFACES.map(surface => [
    `[\`${surface.type}\`](${surface.page})`, enforced(surface), setting(surface), surface.hopLimit ? 'yes' : '', surface.endpoint ? 'yes' : '',
  ]));
}

function calls(): string {
  return table(['API', 'options', 'nothing said'], APIS.map(({ service, action, page, container, tokens, silence, uncontrolled, starts }) => [
    `[\`${service}:${action}\`](${page})`,
    container && tokens ? settingAt({ container, tokens } as unknown as LaunchSurface) : '',
    starts ? 'as its [document](#documents-of-aws) has it' : uncontrolled ? 'a violation where it launches from a specification' : silence ? `cannot tell: ${silence.why}` : 'nothing changes',
  ]));
}

function enforced(surface: LaunchSurface): string {
  const reported = surface.mentioning ? 'reported where its text is about launches' : 'reported';
  if (surface.noControl) return `${reported}: ${surface.noControl}`;
  if (surface.calls) return 'reported where it calls an [API](#calls) that launches instances or changes what they answer';
  if (surface.optIn) return 'in `includeResourceTypes`';
  if (surface.replacement === 'always') return `in \`allowReplacement\`${surface.nameProperty ? ', and with another name if it has one' : ''}`;
  if (surface.replacement === 'unless-unnamed') return 'yes; if it has a name, in `allowReplacement`, with another name';
  if (surface.container) return 'yes';
  if (surface.starts) return 'reported where it starts a [document of AWS](#documents-of-aws) that launches';
  if (surface.follows?.length === 0) return `${reported}: ${surface.otherwise}`;
  return ['through what it refers to', ...(surface.serviceManaged ?? []).map(({ why }) => `reported: ${why}`)].join('; ');
}

function setting(surface: LaunchSurface): string {
  return placesOf(surface).map(settingAt).join(', ');
}

function settingAt({ container, tokens, follows }: LaunchSurface): string {
  if (!container || !tokens) return [...new Set(follows?.map(({ to }) => `\`${to}\``))].join(', ');
  const keys = container.flatMap(step => typeof step === 'string' ? [step] : 'where' in step ? [Object.values(step.where).map(wanted => wantedIn(wanted).join('/')).join(':') || '*'] : []);
  return `\`${[...keys, tokens.key].join('.')}\` = \`${tokens.required}\``;
}

function defaults(): string {
  const documented = LAUNCH_SURFACES.flatMap(({ type, silence = [] }) => silence.map(row => ({ type, ...row })));
  return table(['type', 'where', 'is', 'silence is'], documented.map(({ type, path, pattern, verdict, page }) => [
    `\`${type}\``, `\`${path.join('.')}\``, `\`${pattern}\``, `[${verdict === 'compliant' ? 'compliant' : 'a violation'}](${page})`,
  ]));
}

function readAs({ holds, below = [], running }: ScriptPlace): string {
  const keys = below.map(key => `\`${key}\``).join(', ');
  if (holds === 'script') return 'the script';
  if (holds === 'document') return `JSON or YAML: what is below ${keys}`;
  if (running !== undefined) return `the folder in the cloud assembly: ${running === 'hooks' ? 'what the hooks of `appspec.yml` name' : 'its platform hooks'}`;
  return below.length > 0 ? `the file in the cloud assembly, YAML: what is below ${keys}` : 'the file in the cloud assembly';
}

/** One row for what is read in the same way. */
function scripts(): string {
  return table(['type', 'where', 'what is read'], SCRIPT_HOLDERS.flatMap(({ type, page, places }) => [...new Set(places.map(readAs))].map(how => [
    `[\`${type}\`](${page})`, places.filter(place => readAs(place) === how).map(({ path }) => `\`${path.map(stepName).join('.')}\``).join(', '), how,
  ])));
}

function stepName(step: Step): string {
  if (typeof step === 'string') return step;
  return 'where' in step && Object.values(step.where).map(wantedIn).join('/') || '*';
}

function clients(): string {
  return table(['client', 'what is found', 'what to do'], CLIENTS.map(({ name, shows, fix, page }) => [`[${name}](${page})`, shows, fix]));
}

function versions(): string {
  return table(['client', 'first version', 'written for'], CLIENT_VERSIONS.map(({ name, since, packages, page }) => [
    `[${name}](${page})`, since, Object.keys(packages).map(source => source === 'other' ? 'its installer' : source).join(', '),
  ]));
}

function proxies(): string {
  return table(['proxy', 'sends X-Forwarded-For', 'what to do'], REVERSE_PROXIES.map(({ name, byDefault, fix, page }) => [
    `[${name}](${page})`, byDefault ? 'unless told not to' : 'where told to', `\`${fix}\``,
  ]));
}

function safeguards(): string {
  return table(['client', 'setting'], SAFEGUARDS.map(({ name, shows, page }) => [`[${name}](${page})`, `\`${shows}\``]));
}

function documents(): string {
  return table(['document', 'what it does', 'decided by', 'where that is not given'], RUNBOOKS.map(({ name, does, page, tokens, isWeakBySilence }) => [
    `[\`${name}\`](${page})`,
    does,
    tokens ? `\`${tokens.path.filter(step => typeof step === 'string').join('.')}\` = \`${tokens.required}\`` : 'no parameter',
    isWeakBySilence ? 'a violation' : 'cannot tell',
  ]));
}

if (require.main === module) {
  PAGES.forEach(page => writeFileSync(page, withGeneratedParts(page, readFileSync(page, 'utf8'))));
  writeFileSync(SETTINGS_SCHEMA, settingsSchema());
}
