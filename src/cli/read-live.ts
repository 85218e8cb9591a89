import type { Connection } from '../introw/connection.ts';
import { reader } from '../introw/reader.ts';
import type { LivePartner } from '../partner.ts';
import type { LiveState } from '../plan/live.ts';
import type { Pin, Reading } from '../plan/reading.ts';

/** Reads what was chosen to be read. A pinned partner that Introw doesn't have is simply not among them. */
export async function readLive(connection: Connection, reading: Reading): Promise<LiveState> {
  const introw = reader(connection);
  if (reading.kind === 'list') return { partners: await introw.list(), complete: true };
  const found = new Map<string, LivePartner>();
  for (const pin of reading.pins) {
    const partner = await introw.get(pin.id);
    if (partner !== null) found.set(partner.id, answered(partner, pin));
  }
  return { partners: [...found.values()], complete: false };
}

/** A partner that was asked for by the CRM's id has that id, whether or not the answer repeats it. */
function answered(partner: LivePartner, pin: Pin): LivePartner {
  return pin.by === 'externalId' ? { ...partner, externalId: pin.id } : partner;
}
