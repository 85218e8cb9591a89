/** The plan as it is shown, saved and applied: this type is the JSON document that schemas/plan.schema.json describes. */
import type { Json } from '../json.ts';
import type { Handle, PartnerId } from '../partner.ts';
import type { Position, Problem, Warning } from '../problem.ts';

/** `major.minor`: a reader refuses another major, and may not know what a newer minor adds. */
export const planFormatVersion = '1.0';

/** Who moved a field away from the live value: this change of the files, Introw, or both. Null without a base. */
export type Origin = 'proposed' | 'drift' | 'conflict';

/** Who last set a value: the commit, when it was committed (ISO 8601), its subject, its author and its page. */
export type Blame = {
  readonly commit: string;
  readonly date: string;
  readonly subject: string;
  /** Absent in documents of earlier versions. */
  readonly author?: string;
  /** The page of the change or the commit; null where the remote is on no code host that is known. */
  readonly url?: string | null;
};

export type FieldChange = {
  /** A name of the table of fields; in a saved plan of a newer version perhaps one that this version doesn't know. */
  readonly field: string;
  /** The live value. Null in creates, where there is none, and where a write-only field can't be read. */
  readonly before: Json;
  readonly after: Json;
  /** The catalog names of the two, where the catalog has one. */
  readonly beforeName: string | null;
  readonly afterName: string | null;
  readonly origin: Origin | null;
  /** What the files at the base said; null where they said nothing, or there is no base. */
  readonly base?: Json;
  readonly baseName?: string | null;
  /**
   * Where the desired value comes from, where that isn't the partner's own entry: `catalog` where the name in the files
   * is the same as at the base, and the catalog gives it another id.
   */
  readonly from?: 'merged' | 'defaults' | 'catalog';
  /** Introw doesn't give the present value back, so `before` says nothing. */
  readonly writeOnly: boolean;
  /** Where the desired value is defined in the files. */
  readonly position: Position;
  /** An earlier drift or plan given with --known already held this difference. */
  readonly known?: boolean;
  /** In drift: when the partner last changed in Introw (ISO 8601). */
  readonly since?: string | null;
  /** For a value that has drifted: who last set the desired one. */
  readonly blame?: Blame | null;
};

export type PartnerRef = {
  readonly id: PartnerId;
  readonly name: string | null;
  readonly domain: string | null;
};

export type Change = {
  readonly address: Handle;
  /** What the partner is called in the files. */
  readonly name: string;
  readonly action: 'create' | 'update' | 'none';
  /** The live partner; null in creates. */
  readonly partner: PartnerRef | null;
  readonly fields: readonly FieldChange[];
  readonly position: Position;
  readonly warnings: readonly Warning[];
};

/** A handle whose pinned partner isn't in Introw; only drift lists it, everything else stops there. */
export type Missing = {
  readonly address: Handle;
  readonly name: string;
  /** The pin that isn't live; null for a handle without one that the base had. */
  readonly pin: string | null;
  readonly position: Position;
  readonly known?: boolean;
};

/** A handle that the base had and the files no longer have: its partner stays in Introw, unmanaged. */
export type Released = {
  readonly address: Handle;
  /** Null where it wasn't pinned and the live partners were not all read. */
  readonly id: PartnerId | null;
  readonly name: string | null;
  readonly domain: string | null;
};

/** A difference of an earlier document that is gone now. */
export type Settled = {
  readonly address: Handle;
  readonly partnerId: PartnerId | null;
  readonly field: string | null;
};

/** What apply refuses at: a guard, or a doubt about one handle, whose change is then not in the plan. */
export type Blocked = Pick<Problem, 'code' | 'message' | 'hint'> & {
  /** The handle that is in doubt; null for a guard, which is about the plan. */
  readonly address?: Handle | null;
  /** The live partners that the handle may be, or would become equal to. */
  readonly candidates?: readonly PartnerRef[];
  readonly position?: Position | null;
};

/** Fields that have drifted in Introw, and that --only proposed leaves as they are. */
export type LeftAlone = {
  readonly address: Handle;
  readonly name: string;
  readonly fields: readonly string[];
};

export type Cost = {
  readonly requestsSpent: number;
  readonly requestsToApply: number;
  /** Null where Introw didn't say: an unlimited allowance, or no answer yet. */
  readonly creditsRemaining: number | null;
  readonly creditsLimit: number | null;
};

/** So many partners move from one value of a field to another. Null is none. */
export type Move = {
  readonly from: string | null;
  readonly to: string | null;
  /** The catalog names of the two, where the catalog has one. */
  readonly fromName: string | null;
  readonly toName: string | null;
  readonly partners: number;
  /** By settings.tierOrder; null for what has no order. */
  readonly direction: 'up' | 'down' | null;
};

/** How partners move between the values of a field, such as tiers. */
export type FieldMoves = {
  readonly field: string;
  /** How many partners move; the sum of `moves`. */
  readonly partners: number;
  readonly moves: readonly Move[];
  /** The values among them that settings.tierOrder orders, lowest first; absent where it orders none. */
  readonly order?: readonly string[];
  /** What each value gains and loses, in partners. */
  readonly balance: readonly {
    readonly value: string;
    readonly name: string | null;
    readonly gained: number;
    readonly lost: number;
  }[];
};

export type PlanCost = Cost & {
  /** Requests that applying takes from this document, saved: what it is about is read again first. */
  readonly requestsToApplySaved: number;
};

export type Plan = {
  readonly formatVersion: string;
  readonly kind: 'plan' | 'drift';
  readonly tool: { readonly name: 'introwctl'; readonly version: string };
  readonly createdAt: string;
  readonly organisation: { readonly name: string | null; readonly contains: PartnerId | null };
  readonly source: {
    readonly files: readonly string[];
    /** Over the files' names and texts. */
    readonly sha256: string;
    readonly base: { readonly ref: string; readonly commit: string } | null;
    /** The origin of the API that it was compared with. */
    readonly api: string;
    /** The commit that was checked out; null outside of a git repository. */
    readonly commit: string | null;
    /** A partner that was live: whoever applies must see it too. Null where none was. */
    readonly witness: PartnerId | null;
  };
  /** False where only some handles were planned (--target, --changed), so that nothing is said about the others. */
  readonly complete: boolean;
  readonly summary: {
    readonly create: number;
    readonly update: number;
    readonly unchanged: number;
    readonly unmanaged: number;
    readonly released: number;
    /** Fields that have drifted in Introw; without a base, all differing fields. */
    readonly drifted: number;
    readonly conflicts: number;
    readonly missing: number;
    /** Portals that applying publishes. */
    readonly publishes: number;
  };
  readonly changes: readonly Change[];
  /** Tier, phase and owner moves, the review at a glance. Plans of older versions lack it. */
  readonly moves?: readonly FieldMoves[];
  readonly unmanaged: readonly PartnerRef[];
  readonly released: readonly Released[];
  readonly missing: readonly Missing[];
  readonly settled: readonly Settled[];
  /** With --only proposed: drift that this plan doesn't revert. */
  readonly leftAlone?: readonly LeftAlone[];
  /** What apply would refuse at: doubts about who a handle is, and guards. */
  readonly blocked: readonly Blocked[];
  readonly cost: PlanCost;
  readonly warnings: readonly Warning[];
};
