import type { Change, Plan } from '../plan/plan.ts';
import { partsOf } from './sections.ts';

/** What GitLab's merge-request widget reads as a plan report: what this change does, and no drift. There is no delete. */
export function planGitlab(plan: Plan): string {
  const [{ changes }] = partsOf(plan);
  const count = (action: Change['action']) => changes.filter((change) => change.action === action).length;
  return `${JSON.stringify({ create: count('create'), update: count('update'), delete: 0 })}\n`;
}
