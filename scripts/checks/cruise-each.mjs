/** Cruises each folder given, under the project's rules, as if it were the project; prints the violations by folder as JSON. */
import { cruise } from 'dependency-cruiser';
import configuration from '../../.dependency-cruiser.mjs';

const { forbidden, options } = configuration;
const { enhancedResolveOptions, ...settings } = options;

const violationsByFolder = {};
for (const folder of process.argv.slice(2)) {
  process.chdir(folder);
  const { output } = await cruise(
    ['.'],
    { ...settings, enhancedResolveOptions, ruleSet: { forbidden }, validate: true },
    { ...enhancedResolveOptions, bustTheCache: true },
  );
  violationsByFolder[folder] = {
    modules: output.summary.totalCruised,
    violations: output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
process.stdout.write(JSON.stringify(violationsByFolder));
