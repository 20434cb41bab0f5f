import { AnnotationMetadataEntryType, type App } from 'cdktf';

// As a plain string, since metadata types are open.
const WARNING: string = AnnotationMetadataEntryType.WARN;

/** The warnings that constructs of the app left, a line each. */
export function describeWarnings(app: App): string[] {
  return app.node
    .findAll()
    .flatMap((construct) =>
      construct.node.metadata
        .filter((entry) => entry.type === WARNING)
        .map((entry) => `${construct.node.path}: ${String(entry.data)}`),
    );
}
