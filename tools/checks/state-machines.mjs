// docs/state-machines.md shows the machines as they are.
process.argv.push('--check');
await import('../state-machines.mjs');
