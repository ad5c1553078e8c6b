// For processes that tests start: they end with the test run, however that ends.
process.on('disconnect', () => process.exit());
process.channel?.unref();
