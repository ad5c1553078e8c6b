// Loaded before a program under measurement: tells the bench when it listens, and how long its framework took to boot.
const { Server } = require('node:net');

let booting;
const { listen } = Server.prototype;
Server.prototype.listen = function (...args) {
  this.once('listening', () => {
    const bootMs = booting === undefined ? undefined : performance.now() - booting;
    if (process.connected) process.send({ bootMs });
  });
  return listen.apply(this, args);
};
// The bench may be killed: what it measures goes with it.
process.on('disconnect', () => process.exit(1));

if (process.argv[1]?.endsWith('main.js')) {
  const { NestFactory } = require('@nestjs/core');
  const { create } = NestFactory;
  NestFactory.create = function (...args) {
    booting = performance.now();
    return create.apply(this, args);
  };
}
