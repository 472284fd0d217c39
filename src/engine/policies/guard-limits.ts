import { isList } from './guard-clauses';
import { JSON_TEXT, LaunchSurface } from '../surfaces/surface';
import { LAUNCH_SURFACES } from '../surfaces/surfaces';

/**
 * How the rules differ from the check, for the types that have one. Each line is a comment in the rules too.
 *
 * Guard sees one resource and no other, and a function as a map. So it is silent where the check says `cannot tell`, and where the fault is
 * inside a function. It is stricter in three cases: templates that nothing unsafe uses, conditions that never hold, and safe defaults.
 */
export const NOT_TOLD = [
  'a value that a function makes passes: Guard does not follow Fn::If, Ref or Fn::Sub; a hook sees resources with their functions resolved',
  'a resource without settings of its own that names a launch template passes: the template has a rule itself where it is made by CloudFormation',
  'a launch template fails even where every instance that uses it has safe settings of its own: whoever else uses it is not seen',
  'a resource whose condition never holds is looked at all the same in a template; CloudFormation does not hand it to a hook',
  'a setting that is not written fails even where AWS documents a safe default, such as that of Elastic Beanstalk on Amazon Linux 2023',
  'a hop limit inside JSON that is kept as text is not read, nor is what shell scripts and user data do',
  'exemptions in template metadata are not seen: leave stacks or roles out of the hook instead',
] as const;

/** Types that have no rule, and why. */
export const NOT_EXPRESSIBLE: readonly { readonly type: string; readonly why: string }[] = LAUNCH_SURFACES.flatMap(surface => {
  const why = obstacleTo(surface);
  return why === undefined ? [] : [{ type: surface.type, why }];
});

/** Types that have a rule. */
export const GUARDED_TYPES: readonly string[] = LAUNCH_SURFACES.filter(surface => obstacleTo(surface) === undefined).map(({ type }) => type);

function obstacleTo({ noControl, container, uncontrolled, mentioning, starts }: LaunchSurface): string | undefined {
  if (noControl !== undefined) { return noControl; }
  if (mentioning) { return 'most have nothing to do with IMDS, which only their texts tell'; }
  if (starts) { return 'the document that it starts decides, which is outside of CloudFormation'; }
  if (!container) { return uncontrolled ? undefined : 'what it refers to decides, and Guard sees one resource at a time'; }
  return container.some((step, i) => step === JSON_TEXT && container.slice(i).some(isList)) ? 'the settings are in a list inside JSON text' : undefined;
}
