import { AnnotationMetadataEntryType, type App } from 'cdktf';

// A plain string, because metadata types are open.
const WARNING: string = AnnotationMetadataEntryType.WARN;

/** The warnings of an app's constructs, one line each, prefixed with the paths of its constructs. */
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
