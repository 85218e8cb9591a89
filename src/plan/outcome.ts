/** What became of a plan: this type is the JSON document that schemas/outcome.schema.json describes. */
import type { Json } from '../json.ts';
import type { Handle, PartnerId } from '../partner.ts';
import type { Problem } from '../problem.ts';
import type { Cost } from './plan.ts';

export const outcomeFormatVersion = '1.0';

export type ResultProblem = Pick<Problem, 'code' | 'message' | 'hint'>;

/** A field that Introw's answer holds another value for than was sent. */
export type KeptValue = { readonly field: string; readonly sent: Json; readonly kept: Json };

/** What became of one change, as far as that is known. */
export type Result = {
  readonly address: Handle;
  readonly name: string;
  readonly action: 'create' | 'update';
  /** The fields that the change sends. */
  readonly fields: readonly string[];
  /** Null where Introw never showed it. */
  readonly partnerId: PartnerId | null;
  /** The status of the answer that decided; null where there was none. */
  readonly httpStatus: number | null;
} & (
  | {
      /** Introw accepted it, or was seen to hold it. */
      readonly status: 'applied';
      /** Whether Introw's answer showed the partner; false where it accepted the change with an answer that can't be read. */
      readonly verified: boolean;
      /** A create that Introw answered by updating a partner that was there before. */
      readonly adopted: boolean;
      /** Fields where Introw's answer holds another value than was sent. */
      readonly keptByServer: readonly string[];
      /** The same with both values. */
      readonly kept?: readonly KeptValue[];
      readonly error: null;
    }
  | ({
      /**
       * `failed`: Introw refused it, or it was looked up and not found done. `unknown`: it was sent and the answer was
       * lost, so it may have happened.
       */
      readonly status: 'failed' | 'unknown';
      readonly error: ResultProblem;
    } & Nothing)
  /** Never sent. */
  | ({ readonly status: 'skipped'; readonly error: null } & Nothing)
);

type Nothing = {
  readonly verified: false;
  readonly adopted: false;
  readonly keptByServer: readonly [];
  readonly kept?: readonly [];
};

export type ResultStatus = Result['status'];

export type Outcome = {
  readonly formatVersion: string;
  readonly kind: 'outcome';
  readonly tool: { readonly name: 'introwctl'; readonly version: string };
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly summary: Readonly<Record<ResultStatus, number>>;
  readonly results: readonly Result[];
  readonly cost: Cost;
  /** Why the run ended before all changes were sent and answered; null where they were. */
  readonly stopped: ResultProblem | null;
};
