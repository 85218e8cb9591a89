/** What a program imports: the same steps that the commands take. */
export { type Applied, type ApplyOptions, applyPlan } from './apply/apply-plan.ts';
export { validatePlan } from './apply/saved-document.ts';
export { loadDesired } from './desired/load.ts';
export type { DesiredPartner, DesiredState } from './desired/state.ts';
export { fields } from './fields.ts';
export { readSources, type SourceFile } from './files/read.ts';
export type { History } from './history/history.ts';
export type { Reader, Writer, Written } from './introw/api.ts';
export { type Connection, type ConnectionOptions, openConnection } from './introw/connection.ts';
export { reader } from './introw/reader.ts';
export { writer } from './introw/writer.ts';
export type { Handle, LivePartner, PartnerId } from './partner.ts';
export { makePlan, type PlanInput, type Planned, type PlanOptions, planDefaults } from './plan/make-plan.ts';
export type { Outcome, Result } from './plan/outcome.ts';
export type { Change, FieldChange, Plan } from './plan/plan.ts';
export { Failure, type Problem, type ProblemCode } from './problem.ts';
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox/sandbox.ts';
