/** Imported first by every launcher: stops under a Node that cannot even run the set-up, saying which one is needed. */
const oldest = 20;

if (Number(process.versions.node.split('.')[0]) < oldest) {
  process.stderr.write(
    `Occhio needs Node ${oldest} or later to set itself up (it then brings its own); this is Node ${process.versions.node}.\n` +
      `Install a later one, for example from https://nodejs.org, and start again.\n`,
  );
  process.exit(1);
}
