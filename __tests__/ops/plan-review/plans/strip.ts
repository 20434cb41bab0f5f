/**
 * The parts of a plan that a review reads, without the values of headers and bodies, and with stable
 * URLs of services, so that it can be checked in.
 */
export function strip(plan: unknown): unknown {
  const values = new Map<unknown, string>();
  // Equal values stay equal, and different ones stay different.
  const placeholder = (value: unknown): string => {
    const known = values.get(value) ?? `removed-${values.size + 1}`;
    values.set(value, known);
    return known;
  };
  const clean = (key: string, value: unknown): unknown => {
    if (key === 'body' && typeof value === 'string' && value !== '') return placeholder(value);
    if (key !== 'headers' || typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, text]) => [
        name,
        typeof text === 'string' ? placeholder(text) : (text as unknown),
      ]),
    );
  };
  // The sandbox's services are at a different port each time.
  const services = new Map<string, string>();
  const stable = (url: string): string => {
    const known = services.get(url) ?? `https://service-${services.size + 1}.a.run.app`;
    services.set(url, known);
    return known;
  };
  const kept = Object.entries(plan as object).filter(([key]) => KEPT.includes(key));
  const text = JSON.stringify(Object.fromEntries(kept), clean);
  return JSON.parse(text.replace(/http:\/\/127\.0\.0\.1:\d+/g, stable)) as unknown;
}

const KEPT = [
  'format_version',
  'terraform_version',
  'resource_drift',
  'resource_changes',
  'deferred_changes',
  'output_changes',
  'checks',
  'applyable',
  'complete',
  'errored',
];
