import { AnnotationMetadataEntryType, type App } from 'cdktf';

// As a plain string, since metadata types are open.
const WARNING: string = AnnotationMetadataEntryType.WARN;

/** The warnings that constructs of the app left, a line each, after the constructs that have it. */
export function describeWarnings(app: App): string[] {
  const constructsOf = new Map<string, string[]>();
  for (const { node } of app.node.findAll()) {
    for (const { type, data } of node.metadata) {
      if (type !== WARNING) continue;
      const warning = String(data);
      constructsOf.set(warning, [...(constructsOf.get(warning) ?? []), node.path]);
    }
  }
  return [...constructsOf].map(([warning, paths]) => `${paths.join(', ')}: ${warning}`);
}
