import { existsSync } from 'fs';
import { join } from 'path';
import { enforced } from './enforce-line';
import { linesOf, LANGUAGES } from './languages';
import { Step } from './plan';
import { Survey } from './survey';
import { version } from '../../input/version';
import { DEFAULT_FILES } from '../../settings/settings-files';

/** The line in the app. */
export function lineStep({ language, makers, enforcing, observing, isCommonJs }: Survey): Step {
  const lines = linesOf(LANGUAGES[language], isCommonJs);
  if (enforcing) { return { kind: 'note', what: `${enforcing.file} calls the guard already` }; }
  if (observing) {
    return { kind: 'by hand', what: `${observing.file} observes only, which was left as it is; to enforce, replace that call by this line`, lines: lines.slice(1) };
  }
  if (makers.length !== 1) {
    const where = makers.length === 0 ? 'no source was found that makes the app' : `several sources make an app: ${makers.map(({ file }) => file).join(', ')}`;
    return { kind: 'by hand', what: `${where}; add these lines right after the app is made`, lines };
  }
  const [{ file, text }] = makers;
  const done = enforced(text, LANGUAGES[language]);
  return 'text' in done
    ? { kind: 'change', file, before: text, after: done.text }
    : { kind: 'by hand', what: `${file}: ${done.unsure}; add these lines right after the app is made`, lines };
}

/** The library in what the app installs. */
export function libraryStep({ language, manifest, isInstalled }: Survey): Step {
  const { install } = LANGUAGES[language];
  return isInstalled
    ? { kind: 'note', what: `${manifest} lists the library already` }
    : { kind: 'by hand', what: `${manifest ?? 'what the app installs'} does not list the library; install it`, lines: [install] };
}

/** The settings file, where there is none yet. */
export function settingsStep({ cwd, language }: Survey): Step {
  const there = DEFAULT_FILES.find(each => existsSync(join(cwd, each)));
  if (there !== undefined) { return { kind: 'note', what: `${there} is there already` }; }
  const schema = 'isNpm' in LANGUAGES[language]
    ? './node_modules/cdk-imds-guard/imds-guard.schema.json'
    : `https://raw.githubusercontent.com/cdk-imds-guard/cdk-imds-guard/v${version()}/imds-guard.schema.json`;
  return {
    kind: 'change',
    file: DEFAULT_FILES[0],
    after: [
      `# yaml-language-server: $schema=${schema}`,
      '# Settings of `imds-guard check`. What lets more pass than the defaults is named in every report.',
      'cannotTell: warn # or fail, for what only the deployment decides',
      '',
    ].join('\n'),
  };
}
