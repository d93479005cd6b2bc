// Writes the published schema of what readers keep, as records.js checks it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { records, repository } from "./scripts.mjs";

writeFileSync(join(repository, "src/export/state-1.json"), `${JSON.stringify(records().schema, null, 2)}\n`);
