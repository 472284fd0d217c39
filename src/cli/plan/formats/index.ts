import { html } from './html';
import { markdown } from './markdown';
import { text } from './text';
import { visibleJson } from '../../../engine/text/visible';
import { PlanReport } from '../plan-report';

interface PlanFormat {
  /** Shows a plan. Pure; the text ends with a newline. */
  render(plan: PlanReport, options: { readonly colour: boolean }): string;
}

/** What `--format` of `imds-guard plan` takes. */
export const PLAN_FORMATS = {
  text: { render: (plan, { colour }) => text(plan, colour) },
  json: { render: plan => visibleJson(plan) },
  markdown: { render: plan => markdown(plan) },
  html: { render: plan => html(plan) },
} as const satisfies { readonly [name: string]: PlanFormat };

export const PLAN_FORMAT_NAMES = Object.keys(PLAN_FORMATS) as readonly (keyof typeof PLAN_FORMATS)[];
