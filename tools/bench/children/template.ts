// The application as the template of `cdktf init` would have it: loaded through the package's index.
// oxlint-disable-next-line no-restricted-imports -- what it takes is what is measured
import '@cdktf/provider-google';
import '../../../main';
