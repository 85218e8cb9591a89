/** The formats, each with what it makes of a plan, an outcome and problems: a new format is a new row. */
import type { Outcome } from '../plan/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import { planGitlab, problemsGitlab } from './gitlab.ts';
import { outcomeJson, planJson, problemsJson } from './json.ts';
import { planMarkdown, problemsMarkdown } from './markdown.ts';
import { outcomeMarkdown } from './outcome-markdown.ts';
import { outcomeText } from './outcome-text.ts';
import { type PlanTextOptions, planText } from './plan-text.ts';
import { problemsText } from './problems-text.ts';
import type { Style } from './style.ts';

export type Format = {
  readonly plan: (plan: Plan, style: Style, options: PlanTextOptions) => string;
  readonly outcome: (outcome: Outcome, style: Style) => string;
  readonly problems: (
    problems: readonly Problem[],
    sources: ReadonlyMap<string, string>,
    style: Style,
  ) => string;
};

export type FormatName = 'text' | 'json' | 'markdown' | 'gitlab';

export const formats: Readonly<Record<FormatName, Format>> = {
  text: { plan: planText, outcome: outcomeText, problems: problemsText },
  json: {
    plan: (plan, _, options) => planJson(plan, options),
    outcome: (outcome) => outcomeJson(outcome),
    problems: (problems) => problemsJson(problems),
  },
  markdown: {
    plan: (plan) => planMarkdown(plan),
    outcome: (outcome) => outcomeMarkdown(outcome),
    problems: (problems) => problemsMarkdown(problems),
  },
  // GitLab's widgets know plans and problems; what was done is text to it.
  gitlab: { plan: planGitlab, outcome: outcomeText, problems: (problems) => problemsGitlab(problems) },
};
