import type { Plan } from '../plan/plan.ts';

/** What GitLab's merge-request widget reads as a plan report. There is no delete. */
export function planGitlab({ summary }: Plan): string {
  return `${JSON.stringify({ create: summary.create, update: summary.update, delete: 0 })}\n`;
}
