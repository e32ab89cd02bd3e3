// What the browser reported to the desk about breaches of the page's content security policy.

/** The reports so far. An empty list is what a test hopes for. */
export async function cspReports(desk) {
  const response = await fetch(desk.url('/csp'));
  if (!response.ok) throw new Error(`GET /csp answers ${response.status}`);
  return response.json();
}
