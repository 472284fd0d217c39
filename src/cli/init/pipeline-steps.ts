import { byHand, CHECK } from './ci-steps';
import { withoutComments } from './code-only';
import { commandsOf } from './commands';
import { LANGUAGES } from './languages';
import { Step } from './plan';
import { Source, Survey } from './survey';

/** How each language names the module that has `CodePipeline`. */
const PIPELINES = /aws-cdk-lib\/pipelines|\bpipelines\b[^;'"]*['"]aws-cdk-lib['"]|\baws_cdk\.pipelines\b|^from aws_cdk import .*\bpipelines\b|\bawscdk\.pipelines\b|awscdk\/v2\/pipelines|\bAmazon\.CDK\.Pipelines\b/m;

/** A command that synthesizes, as one of a list of texts. */
const SYNTH = /(?<=[[,]\s*)(["'])(?:npx )?cdk synth\b[^"'&|;\n]*\1(?=\s*[,\]])/g;

/** The check in the steps of a CodePipeline that is made in CDK. `changed` has the sources that another step has changed. */
export function pipelineSteps(app: Survey, changed: ReadonlyMap<string, string>): Step[] {
  const { checkHere } = commandsOf(app);
  return app.sources.map(source => ({ ...source, text: changed.get(source.file) ?? source.text }))
    .filter(({ text, language }) => isPipeline(text, language))
    .map(({ file, text, language }): Step => {
      if (CHECK.test(withoutComments(text, LANGUAGES[language].syntax))) { return { kind: 'note', what: `${file} runs the check already` }; }
      const after = withCheck({ file, text, language }, checkHere);
      return after === undefined || app.folder !== ''
        ? byHand(`${file}: add this to the commands of the step that synthesizes, right after it does, in the app's folder`, checkHere)
        : { kind: 'change', file, before: text, after };
    });
}

function isPipeline(text: string, language: Source['language']): boolean {
  const code = withoutComments(text, LANGUAGES[language].syntax);
  return PIPELINES.test(code) && /\bCodePipeline\b/.test(code) && /\b(?:ShellStep|CodeBuildStep)\b/.test(code);
}

/** Only where one command synthesizes, and in a language whose lists of texts look alike. */
function withCheck({ text, language }: Source, check: string): string | undefined {
  if (!['typescript', 'javascript', 'python'].includes(language)) { return undefined; }
  const [found, ...others] = withoutComments(text, LANGUAGES[language].syntax).matchAll(SYNTH);
  if (found === undefined || others.length > 0) { return undefined; }
  const [command, quote] = found;
  const before = text.slice(0, found.index);
  const indentation = /\n[ \t]*$/.exec(before)?.[0] ?? ' '; // each command on a line of its own, or all on one
  return `${before}${command},${indentation}${quote}${check}${quote}${text.slice(found.index + command.length)}`;
}
