// Loops over everybody, compiled to WebAssembly by AssemblyScript: `npm run generate -w packages/matching`.
export * from './areas';
export * from './gates';
export * from './pairs';
export * from './scores';
