import { existsSync } from 'fs';
import { repositoryOf } from './repository';
import { shownPath } from './shown-path';
import { SourceLine } from '../engine/findings/report';
import { InputTemplate } from '../input/input-template';
import { ownFrameIn } from '../input/source-frame';
import { SourceMaps } from '../input/source-map';
import { identityOf } from '../settings/identity';

/** Finds the lines of the app that made what templates have. Nothing is read before the first question. */
export function sourceLines(inputs: ReadonlyMap<string, InputTemplate>, cwd: string): (file: string, logicalId: string) => SourceLine | undefined {
  const root = repositoryOf(cwd);
  const maps = new SourceMaps(cwd);
  return (file, logicalId) => {
    const { creationStacks, constructPaths } = inputs.get(file) ?? {};
    const trace = creationStacks?.().get(constructPaths?.get(logicalId) ?? '');
    const frame = trace && ownFrameIn(trace);
    if (!frame) { return undefined; }
    const { file: path, ...at } = maps.follow(frame);
    const inRepository = within(path, root);
    return { file: inRepository === undefined ? path : shownPath(path, cwd), ...at, ...inRepository !== undefined && { inRepository } };
  };
}

/** A path below the root, of a file that is there: another machine may have the same path for something else. */
function within(path: string, root: string): string | undefined {
  const shown = existsSync(path) ? shownPath(identityOf(path), identityOf(root)) : '..';
  return /^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(shown) ? undefined : shown;
}
