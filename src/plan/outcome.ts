/** What became of a plan: this type is the JSON document that schemas/outcome.schema.json describes. */
import type { Handle, PartnerId } from '../partner.ts';
import type { Problem } from '../problem.ts';
import type { Cost } from './plan.ts';

export const outcomeFormatVersion = '1.0';

export type Result = {
  readonly address: Handle;
  readonly name: string;
  readonly action: 'create' | 'update';
  /** `skipped`: not tried, because the run stopped before, or nothing was left to do. */
  readonly status: 'applied' | 'failed' | 'skipped';
  readonly partnerId: PartnerId | null;
  readonly httpStatus: number | null;
  /** A create that Introw answered by updating a partner that was there before this run. */
  readonly adopted: boolean;
  /** Fields where Introw's answer holds another value than was sent. */
  readonly keptByServer: readonly string[];
  readonly error: Pick<Problem, 'code' | 'message' | 'hint'> | null;
};

export type Outcome = {
  readonly formatVersion: string;
  readonly kind: 'outcome';
  readonly tool: { readonly name: 'introwctl'; readonly version: string };
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly summary: { readonly applied: number; readonly failed: number; readonly skipped: number };
  readonly results: readonly Result[];
  readonly cost: Cost;
  /** Why the run ended before all changes were tried; null when they were. */
  readonly stopped: Pick<Problem, 'code' | 'message' | 'hint'> | null;
};
