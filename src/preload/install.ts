import { Redirect, STAGE_MARK } from './redirect';
import type { Stage } from '../cdk/cdk';

/** What CDK calls with each App from 2.262 on, at the end of its constructor. */
const INIT_HOOK = Symbol.for('@aws-cdk/core.App#initHook');

/** What the constructor of App marks it with, in all of version 2, bundled or not. */
const APP_MARK = Symbol.for('@aws-cdk/core.App');

const INSTALLED = Symbol.for('cdk-imds-guard.preload');

/** How an app without the library is guarded. */
export interface Guard {
  guardApp(app: Stage, folder?: string): void;
}

type AppHook = (app: Stage) => void;

/**
 * Guards each App of this process when it is made.
 *
 * CDK's own hook comes first. It is marked as one for tests, and older versions lack it, so the mark of an App is looked for too, which
 * takes wrapping a function of JavaScript's; a file that is loaded could be watched instead, but not in an app that is bundled.
 */
export function installPreload(load: () => Guard): void {
  const known = globalThis as { [INSTALLED]?: boolean; [INIT_HOOK]?: AppHook };
  if (known[INSTALLED]) { return; }
  known[INSTALLED] = true;
  const redirect = Redirect.of(process.env);
  const folder = folderNow();
  const met = new WeakSet<Stage>();
  const meet = (app: Stage): void => {
    if (met.has(app)) { return; }
    met.add(app);
    redirect?.check(app);
    load().guardApp(app, folder);
  };
  const { [INIT_HOOK]: earlier } = known;
  known[INIT_HOOK] = app => {
    earlier?.(app);
    meet(app);
  };
  const { defineProperty } = Object;
  // a method has the name and the length of the real one, and is no constructor either
  const watched = {
    defineProperty<T>(target: T, key: PropertyKey, descriptor: PropertyDescriptor & ThisType<unknown>): T {
      defineProperty(target, key, descriptor);
      if (key === STAGE_MARK) { redirect?.onStage(target as object); }
      if (key === APP_MARK) { meet(target as unknown as Stage); }
      return target;
    },
  };
  Object.defineProperty = watched.defineProperty;
}

/** None where it was removed, which is for the program to tell. */
function folderNow(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
