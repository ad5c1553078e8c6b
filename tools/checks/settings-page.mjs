// docs/operators.md tells every setting, as it is.
process.argv.push('--check');
await import('../settings-page.mjs');
