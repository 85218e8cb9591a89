// A call of the partners API, for the programs of others.

/** The partner that is answered with; undefined where there is none. */
export async function callIntrow(method, path, body) {
  const answer = await fetch(`${process.env.INTROW_API_URL}/api/v1/partners${path}`, {
    method,
    headers: { 'x-api-key': process.env.INTROW_API_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`Introw answered ${answer.status}`);
  return (await answer.json()).data;
}
