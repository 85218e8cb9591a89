/** The formats, each with what it makes of a plan, an outcome and problems: a new format is a new row. */
import type { Outcome } from '../plan/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import type { Failure } from '../problem.ts';
import { type ChatMessage, outcomeMessage, planMessage, problemsMessage } from './chat.ts';
import type { Doors, Passed } from './doors.ts';
import { planGitlab, problemsGitlab } from './gitlab.ts';
import type { LineLink } from './html/links.ts';
import { outcomePage, planPage, problemsPage } from './html/pages.ts';
import { planJson, problemsJson } from './json.ts';
import { planMarkdown, problemsMarkdown } from './markdown.ts';
import { outcomeMarkdown } from './outcome-markdown.ts';
import { outcomeText } from './outcome-text.ts';
import { type PlanTextOptions, planText } from './plan-text.ts';
import { framed, problemsText } from './problems-text.ts';
import { cleanDocument, visible } from './sanitise.ts';
import { slackMessage } from './slack.ts';
import type { Style } from './style.ts';
import { teamsMessage } from './teams.ts';

/** What a format makes of a document: text or data, through the door for it. */
export type Rendering<Document, Options extends readonly unknown[] = []> = (
  doors: Doors,
  document: Document,
  style: Style,
  ...options: Options
) => Passed;

export type PlanOptions = PlanTextOptions & {
  /** Where lines of the files can be looked at, for formats that link. */
  readonly link?: LineLink;
};

export type Format = {
  readonly plan: Rendering<Plan, [PlanOptions]>;
  readonly outcome: Rendering<Outcome>;
  readonly problems: Rendering<Pick<Failure, 'problems' | 'sources'>>;
};

export type FormatName = 'text' | 'json' | 'markdown' | 'gitlab' | 'slack' | 'teams' | 'csv' | 'html';

const text: Format = {
  plan: (doors, plan, style, options) => doors.text(plan, (clean) => planText(clean, style, options)),
  outcome: (doors, outcome, style) => doors.text(outcome, (clean) => outcomeText(clean, style)),
  problems: (doors, failed, style) => doors.text(framed(failed), (clean) => problemsText(clean, style)),
};

/** What is posted to a channel: text for people, in the JSON of the service. */
function chat(dress: (message: ChatMessage) => object): Format {
  // What a cut has left, such as a joiner that joins nothing, is made visible here: in JSON, the door couldn't spell it.
  const lines = (text: string) => text.split('\n').map(visible).join('\n');
  const json = (message: ChatMessage) => `${JSON.stringify(cleanDocument(dress(message), lines), null, 2)}\n`;
  return {
    plan: (doors, plan) => doors.text(plan, (clean) => json(planMessage(clean))),
    outcome: (doors, outcome) => doors.text(outcome, (clean) => json(outcomeMessage(clean))),
    problems: (doors, { problems }) => doors.text(problems, (clean) => json(problemsMessage(clean))),
  };
}

/** The formats of plans, outcomes and problems, by the name that --format takes. */
export const formats: Readonly<Record<FormatName, Format>> = {
  text,
  json: {
    plan: (doors, plan, _, options) => doors.data(planJson(plan, options)),
    outcome: (doors, outcome) => doors.report(outcome),
    problems: (doors, { problems }) => doors.report(problemsJson(problems)),
  },
  markdown: {
    plan: (doors, plan) => doors.text(plan, (clean) => planMarkdown(clean)),
    outcome: (doors, outcome) => doors.text(outcome, (clean) => outcomeMarkdown(clean)),
    problems: (doors, { problems }) => doors.text(problems, problemsMarkdown),
  },
  // GitLab's widgets know plans and problems; what was done is text to it.
  gitlab: {
    ...text,
    plan: (doors, plan) => doors.data(planGitlab(plan), 0),
    problems: (doors, { problems }) => doors.report(problemsGitlab(problems)),
  },
  slack: chat(slackMessage),
  teams: chat(teamsMessage),
  // Only sheets and histories are CSV; what else there is to say about them is text.
  csv: text,
  html: {
    plan: (doors, plan, _, { verbose, link = noLink }) =>
      doors.text(plan, (clean) => planPage(clean, { verbose, link })),
    outcome: (doors, outcome) => doors.text(outcome, (clean) => outcomePage(clean, noLink)),
    problems: (doors, { problems }) => doors.text(problems, (clean) => problemsPage(clean, noLink)),
  },
};

/** Where nobody knows the repository's pages, places are shown and lead nowhere. */
function noLink(): null {
  return null;
}
