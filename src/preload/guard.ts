import { tellWhenSynthesized } from './tell';
import { Stage } from '../cdk/cdk';
import { ImdsGuard } from '../guard/imds-guard';

/** Guards an App that has just been made. Its context is not loaded yet, so what depends on it waits for synthesis. */
export function guardApp(app: Stage): void {
  ImdsGuard.enforce(app);
  tellWhenSynthesized(app);
}
