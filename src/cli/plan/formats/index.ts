import { html } from './html';
import { markdown } from './markdown';
import { text } from './text';
import { visibleJson } from '../../../engine/text/visible';
import { FormatOf } from '../../formats/format';
import { PlanReport } from '../plan-report';

/** What `--format` of `imds-guard plan` takes. */
export const PLAN_FORMATS = {
  text: { render: (plan, { colour }) => text(plan, colour) },
  json: { render: plan => visibleJson(plan) },
  markdown: { render: plan => markdown(plan) },
  html: { render: plan => html(plan) },
} as const satisfies { readonly [name: string]: FormatOf<PlanReport> };

export const PLAN_FORMAT_NAMES = Object.keys(PLAN_FORMATS) as readonly (keyof typeof PLAN_FORMATS)[];
