import { resolve } from 'path';
import { tell, TOLD } from './told';
import type { Stage } from '../cdk/cdk';
import { lastWrite, synthHolder } from '../guard/synth-hook';

type Synth = (this: Stage, ...args: unknown[]) => unknown;

const apps = new WeakMap<Stage, string>();
const telling = new WeakSet<object>();

/** Has the app's folder told whenever its assembly is written, also where synthesis fails after that; never one that was there before. */
export function tellWhenSynthesized(app: Stage, file = process.env[TOLD]): void {
  if (file === undefined || file === '') { return; }
  apps.set(app, file);
  const holder = synthHolder(app);
  const original = holder?.synth as Synth | undefined;
  if (!holder || !original || telling.has(holder)) { return; }
  telling.add(holder);
  const synth: Synth = function (...args) {
    const to = apps.get(this);
    if (to === undefined) { return original.apply(this, args); }
    const before = lastWrite(this);
    try {
      return original.apply(this, args);
    } finally {
      if (lastWrite(this) !== before) { tell(to, resolve(this.outdir)); }
    }
  };
  holder.synth = Object.assign(synth, original); // with the mark of the guard's hook, which must not come twice
}
