/** What a program imports: the same steps that the commands take. */
export { type Applied, type ApplyOptions, applyPlan } from './apply/apply-plan.ts';
export { affordable } from './apply/budget.ts';
export { type LookUp, lookUpOver } from './apply/look-up.ts';
export { outcomeDocument, type RunFacts } from './apply/outcome-document.ts';
export { type PlanLiveInput, planLive } from './apply/plan-live.ts';
export { readApplicablePlan, recheckPlan } from './apply/recheck.ts';
export { readDocument, readPlan, validateOutcome, validatePlan } from './apply/saved-document.ts';
export { namesOf } from './desired/catalog-names.ts';
export { doublesIn } from './desired/doubles.ts';
export { loadDesired } from './desired/load.ts';
export { valueReader } from './desired/read-value.ts';
export type { DesiredPartner, DesiredState } from './desired/state.ts';
export { type Acceptance, accept } from './edit/accept.ts';
export { amend } from './edit/amend.ts';
export { type AmendedEach, amendEach } from './edit/amend-each.ts';
export type { Addition, Amendment, EditedFile } from './edit/amendment.ts';
export { formatFile } from './edit/format/format.ts';
export { type Imported, type ImportOptions, importPartners } from './edit/import.ts';
export { pinEdits, pinnable } from './edit/pin.ts';
export { type Named, rename } from './edit/rename.ts';
export { type Assignment, type SetValue, setFields } from './edit/set-fields.ts';
export { fields } from './fields.ts';
export { readSources, type SourceFile } from './files/read.ts';
export { type FileWrite, writeFiles } from './files/write.ts';
export { type Base, readBase } from './git/base.ts';
export { type HistoryQuestion, readHistory } from './git-history/read-history.ts';
export { explainDrift, withBlame } from './git-history/who-set.ts';
export { type Findings, historyDocument } from './history/document.ts';
export type { History } from './history/history.ts';
export type { Reader, Writer, Written } from './introw/api.ts';
export {
  type Connection,
  type ConnectionOptions,
  openConnection,
  type ReadConnection,
} from './introw/connection.ts';
export { reader, readLive } from './introw/reader.ts';
export { writer } from './introw/writer.ts';
export type { Handle, LivePartner, LiveState, PartnerId } from './partner.ts';
export { type PlanOrigin, planDocument } from './plan/document.ts';
export { makePlan, type PlanInput, type Planned, type PlanOptions, planDefaults } from './plan/make-plan.ts';
export { compareWithKnown } from './plan/mark-known.ts';
export type { Outcome, Result } from './plan/outcome.ts';
export type { Change, FieldChange, Plan } from './plan/plan.ts';
export { lackingPartners } from './plan/unmanaged.ts';
export { Failure, type Problem, type ProblemCode } from './problem.ts';
export type {
  AcceptDocument,
  EditDocument,
  ErrorDocument,
  FmtDocument,
  ImportDocument,
  PinDocument,
  RenameDocument,
  ValidateDocument,
} from './render/documents.ts';
export { type Doors, openDoors } from './render/doors.ts';
export { type Format, type FormatName, formats } from './render/formats.ts';
export { historyFormats } from './render/history-formats.ts';
export { plain, type Style } from './render/style.ts';
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox/sandbox.ts';
export { csvRecords, csvText } from './sheet/csv.ts';
export { type ExportDocument, exportDocument } from './sheet/export-document.ts';
export { type ExportRow, exportRows } from './sheet/export-rows.ts';
export { readSheet } from './sheet/read-sheet.ts';
export { desiredRow } from './sheet/rows.ts';
export { conditionsIn } from './sheet/where.ts';
export { sheetRecords } from './sheet/write-sheet.ts';
