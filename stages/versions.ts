/** 1.6 introduced `import` blocks whose id is an expression; nothing here needs a newer version. */
export const REQUIRED_TERRAFORM = '>= 1.6.0';

/** The google provider that every stack pins; docs/provider-versions.md says how to raise it. */
export const GOOGLE_PROVIDER = '6.50.0';
