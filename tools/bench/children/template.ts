// The application as in the template of `cdktf init`, which imports the package's index.
// oxlint-disable-next-line no-restricted-imports -- its cost is what is measured
import '@cdktf/provider-google';
import '../../../main';
